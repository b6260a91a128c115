import { defineErrors, type ErrorEntry } from '../1-contracts/index.ts'

type StateErrors = {
  STATE_WRITE_ON_SERVER: ErrorEntry<void>
  STATE_WRITE_IN_COMPUTED: ErrorEntry<void>
}

const entries: StateErrors = {
  STATE_WRITE_ON_SERVER: {
    message: () => 'A signal was written on the server, where it is shared by every request.',
    fix: () =>
      'Return the value from a loader and hand it down as data, or write the signal in an event handler or effect.',
  },
  STATE_WRITE_IN_COMPUTED: {
    message: () => 'A signal was written while a computed value was being worked out.',
    fix: () => 'Write the signal in an event handler or an effect, and only read in computed().',
  },
}

/** What can go wrong with state, each with its way out. */
export const errors: ReturnType<typeof defineErrors<StateErrors>> = /*#__PURE__*/ defineErrors(entries)
