// An offset in a text as a place that a person can go to.
import type { Place } from '../1-contracts/index.ts'

/** The place of a stretch of a file's text, which lies in one line; line and column count from 1. */
export function placeAt(source: string, at: number, rest: { file: string; length: number }): Place {
  const before = source.slice(0, at)
  const line = before.split('\n').length
  return { ...rest, line, column: at - before.lastIndexOf('\n'), source }
}
