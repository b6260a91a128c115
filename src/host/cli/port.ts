// Reads a port as it stands in a variable or on the command line.
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
