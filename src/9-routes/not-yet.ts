// Exports that will mean something: ignoring them would be a page that is not made, kept or live as it says.

/** Their names. */
export const notYet: readonly string[] = ['render', 'paths', 'live']

/** Whether this version does what such an export says: what is the default anyway, or asks for nothing. */
export function isHonoured(name: string, value: unknown): boolean {
  return value === undefined || value === false || (name === 'render' && value === 'request')
}
