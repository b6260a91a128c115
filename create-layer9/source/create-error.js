/** An error for the person at the terminal: what is wrong, and one sentence that mends it. */
export class CreateError extends Error {
  /**
   * @param {string} message
   * @param {{ fix: string, usage?: boolean }} options `usage`: the command itself was not understood
   */
  constructor(message, { fix, usage = false }) {
    super(message)
    this.fix = fix
    this.usage = usage
  }
}
