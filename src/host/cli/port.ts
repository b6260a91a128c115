// Reads numbers as they stand in a variable or on the command line.
import { errors } from '../errors.ts'

/**
 * The port, or undefined when none is given. 0 lets the system choose.
 *
 * @throws PORT_INVALID
 */
export function parsePort(value: string | undefined): number | undefined {
  if (value === undefined || value === '') return undefined
  const port = Number(value)
  if (!/^\d+$/.test(value) || port > 65_535) throw errors.PORT_INVALID({ value })
  return port
}

/**
 * How many workers, or undefined when nothing is given.
 *
 * @throws WORKERS_INVALID
 */
export function parseWorkers(value: string | undefined): number | 'auto' | undefined {
  if (value === undefined || value === '') return undefined
  if (value === 'auto') return value
  if (!/^[1-9]\d{0,3}$/.test(value)) throw errors.WORKERS_INVALID({ value })
  return Number(value)
}
