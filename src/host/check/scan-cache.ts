// Scans kept between runs, one file of JSON: by path, size and time, thrown away when the scanner's own rules change.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { version as viteVersion } from 'vite'
import type { Scan } from './reference.ts'

/** A scan and the state of the file it was made from. */
export interface StampedScan {
  readonly stamp: string
  readonly scan: Scan
}

/** Raised with every change of what a scan holds, so that no old one is believed. */
const rules = `2/${viteVersion}`

/** The scans of an earlier run; empty when there was none, or one by other rules. */
export function readScans(file: string): Map<string, StampedScan> {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { rules: string; scans: [string, StampedScan][] }
    return new Map(kept.rules === rules ? kept.scans : [])
  } catch {
    // Missing or broken: everything is read anew, which costs time and nothing else.
    return new Map()
  }
}

/** Writes the scans; by way of a second name, so that a run at the same time reads the old ones or the new ones whole. */
export function writeScans(file: string, scans: readonly (readonly [string, StampedScan])[]): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    const beside = `${file}.${process.pid}`
    writeFileSync(beside, JSON.stringify({ rules, scans }))
    renameSync(beside, file)
  } catch {
    // A folder that cannot be written is no reason to fail a check.
  }
}
