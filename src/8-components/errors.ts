import { defineErrors, type ErrorEntry } from '../1-contracts/index.ts'

type ComponentErrors = {
  HOOK_OUTSIDE_COMPONENT: ErrorEntry<void>
  HOOKS_DIFFER: ErrorEntry<{ component: string; before: number; now: number }>
  RENDER_LOOP: ErrorEntry<{ component: string }>
  UPDATE_LOOP: ErrorEntry<void>
  CHILD_INVALID: ErrorEntry<{ kind: string; component: string }>
  LIST_KEY_TWICE: ErrorEntry<{ key: unknown; component: string }>
  ADOPT_MISMATCH: ErrorEntry<{ component: string; server: string; browser: string }>
  SLOT_PLACED_TWICE: ErrorEntry<{ component: string }>
  ROOT_WITHOUT_NAME: ErrorEntry<{ component: string }>
  ROOT_PROP_NOT_DATA: ErrorEntry<{ component: string; path: string; kind: string }>
  PLAIN_USES_STATE: ErrorEntry<{ component: string; what: string }>
  PLAIN_HAS_HANDLER: ErrorEntry<{ component: string; what: string }>
  CONTEXT_NOT_DATA: ErrorEntry<{ component: string; context: string; live: string; path: string; kind: string }>
  CONTEXT_WITHOUT_NAME: ErrorEntry<{ component: string; live: string }>
  CONTEXT_READ_LATE: ErrorEntry<{ component: string; context: string }>
  COMPONENT_ASYNCHRONOUS: ErrorEntry<{ component: string }>
  COMPONENT_INVALID: ErrorEntry<{ kind: string }>
  FORM_ACTION_UNNAMED: ErrorEntry<void>
  ELEMENT_NAME_INVALID: ErrorEntry<{ name: string }>
  AWAIT_TOO_LONG: ErrorEntry<{ seconds: number }>
  AWAIT_TOO_MUCH: ErrorEntry<{ limit: number; what: string }>
}

/** Who it is that runs in the browser: the component itself, or the live one around it. */
const inBrowser = ({ component, live }: { component: string; live: string }): string =>
  live === component
    ? `${component || 'A component'} is live`
    : `${component || 'A component'} stands inside ${live}, which is live,`

const entries: ComponentErrors = {
  HOOK_OUTSIDE_COMPONENT: {
    message: () => 'A hook was called while no component was rendering.',
    fix: () => 'Call hooks at the top of a component or of another hook, never in a handler, an effect or a loader.',
  },
  HOOKS_DIFFER: {
    message: ({ component, before, now }) =>
      `${component || 'A component'} called ${now} hooks, and ${before} when it rendered before.`,
    fix: () => 'Call all hooks at every render: none in a condition or a loop, none behind an early return.',
  },
  RENDER_LOOP: {
    message: (data) => `${data.component || 'A component'} sets its own state at every render.`,
    fix: () => 'Set state in an event handler or an effect, or only when a prop differs from the last one seen.',
  },
  UPDATE_LOOP: {
    message: () => 'Components kept changing each other for 100 rounds.',
    fix: () => 'Give the effect that sets state a list of dependencies that settles.',
  },
  CHILD_INVALID: {
    message: (data) => `${data.component || 'A component'} placed ${data.kind} between tags, which cannot be shown.`,
    fix: () =>
      'Place text, numbers, elements, signals or arrays of these; show what a promise brings with Await, and make components synchronous.',
  },
  LIST_KEY_TWICE: {
    message: (data) =>
      `${data.component || 'A component'} gave the key ${JSON.stringify(String(data.key))} to two items of one list.`,
    fix: () => 'Give each item of a list a key of its own, such as its id.',
  },
  ADOPT_MISMATCH: {
    message: (data) =>
      `${data.component || 'A root'} shows something else in the browser than on the server: the server wrote ${data.server}, the browser expected ${data.browser}.`,
    fix: () =>
      'Render the same from props and state on both sides; read the clock, chance and the window in an effect.',
  },
  SLOT_PLACED_TWICE: {
    message: (data) => `${data.component || 'A component'} placed the same element of its props in two places.`,
    fix: () => 'Place an element that came as a prop once at most; take it out of one place before the other shows it.',
  },
  ROOT_WITHOUT_NAME: {
    message: (data) => `${data.component || 'A component'} needs the browser, but the browser has no way to find it.`,
    fix: () => 'Declare the component at the top level of a .tsx or .jsx module.',
  },
  ROOT_PROP_NOT_DATA: {
    message: (data) =>
      `${data.component} runs in the browser, but its prop ${data.path} is ${data.kind}, which cannot be sent there.`,
    fix: () =>
      'Hand it data, elements, queries or actions. Make functions inside the component that runs in the browser; show a promise by an Await in the plain page, as its child.',
  },
  PLAIN_USES_STATE: {
    message: (data) => `${data.component || 'A plain component'} runs on the server alone, but ${data.what}.`,
    fix: () =>
      'Call the hook or read the signal in the component itself, not through a helper, so that it is shipped to the browser.',
  },
  PLAIN_HAS_HANDLER: {
    message: (data) =>
      `${data.component || 'A plain component'} runs on the server alone, but its element has ${data.what}.`,
    fix: () => 'Move the element into a component of its own that gives it the handler or ref.',
  },
  CONTEXT_NOT_DATA: {
    message: (data) =>
      `${inBrowser(data)} and reads ${data.context}, whose value a component on the server gives: ${data.path ? `its ${data.path} is` : 'it is'} ${data.kind}, which cannot be sent.`,
    fix: (data) =>
      `Keep data alone in ${data.context}, or provide it inside of ${data.live || 'the live component'}, where a function can be made.`,
  },
  CONTEXT_WITHOUT_NAME: {
    message: (data) =>
      `${inBrowser(data)} and reads a context whose value a component on the server gives; but the browser has no way to find that context.`,
    fix: () => 'Declare the context at the top of a module of the app: `export const Theme = createContext(…)`.',
  },
  CONTEXT_READ_LATE: {
    message: (data) =>
      `${data.component || 'A component'} reads ${data.context} in the browser, which was not sent there: nothing in its root read it while the server rendered.`,
    fix: (data) =>
      `Make ${data.context} with createContext(…, { travels: true }), or read it in a component that the server renders too and hand the value on.`,
  },
  COMPONENT_ASYNCHRONOUS: {
    message: (data) => `${data.component || 'A component'} is asynchronous: it promises what to show.`,
    fix: () =>
      'Make it synchronous. Fetch in the `loader` of the route and hand the data on as props; show a promise of the loader with Await.',
  },
  COMPONENT_INVALID: {
    message: (data) => `An element's type is ${data.kind}, which is no component.`,
    fix: () => 'Look at the import that it comes from: its name, and whether it is the default export.',
  },
  FORM_ACTION_UNNAMED: {
    message: () => 'A Form was given an action that the server cannot find by name.',
    fix: () => 'Export the action from a module of app/api and hand the Form that export.',
  },
  ELEMENT_NAME_INVALID: {
    message: (data) => `${JSON.stringify(data.name)} is no name of an element.`,
    fix: () => 'Use a name of letters, digits and hyphens that begins with a letter.',
  },
  AWAIT_TOO_LONG: {
    message: (data) => `What an Await waits for did not come within ${data.seconds} seconds.`,
    fix: () => 'Give what takes so long a limit of its own, or ask for it in the browser, once the page is there.',
  },
  AWAIT_TOO_MUCH: {
    message: (data) => `A page has more than ${data.limit.toLocaleString('en')} ${data.what}.`,
    fix: () => 'Show fewer at once, on pages of a list for example, or wait for all of a list in one Await.',
  },
}

/** What can go wrong with components, each with its way out. */
export const errors: ReturnType<typeof defineErrors<ComponentErrors>> = /*#__PURE__*/ defineErrors(entries)
