// What can be wrong with an app's route files, and with what they export.
import { defineErrors, type ErrorEntry } from '../1-contracts/index.ts'

type RouteErrors = {
  ROUTE_CONFLICT: ErrorEntry<{ url: string; files: readonly [string, string] }>
  ROUTE_NAME_INVALID: ErrorEntry<{ file: string; part: string }>
  ROUTE_REST_NOT_LAST: ErrorEntry<{ file: string; part: string }>
  ROUTE_PARAM_TWICE: ErrorEntry<{ file: string; name: string }>
  ROUTE_RESERVED: ErrorEntry<{ file: string }>
  ROUTE_COMPONENT_MISSING: ErrorEntry<{ file: string }>
  ROUTE_EXPORT_UNSUPPORTED: ErrorEntry<{ file: string; name: string }>
  ROUTE_EXPORT_MISSPELT: ErrorEntry<{ file: string; name: string; near: string }>
  ROUTE_ACCESS_UNKNOWN: ErrorEntry<{ file: string; access: string; known: readonly string[] }>
  ROUTE_IDENTITY_INVALID: ErrorEntry<{ file: string }>
  ROUTE_STORE_INVALID: ErrorEntry<{ file: string }>
  ROUTE_ROOT_MISSING: ErrorEntry<{ module: string }>
  ROUTE_UNLINKED: ErrorEntry<{ id: string; file: string }>
  ROUTE_LOADER_TYPE_MISSING: ErrorEntry<{ file: string; type: string }>
  NAVIGATION_NO_DOCUMENT: ErrorEntry<{ url: string; status: number; type: string }>
  ROUTE_TYPE_MISMATCH: ErrorEntry<{ file: string; written: string; expected: string }>
}

const entries: RouteErrors = {
  ROUTE_CONFLICT: {
    message: (data) => `Two files answer ${data.url}: app/routes/${data.files[0]} and app/routes/${data.files[1]}.`,
    fix: (data) => `Rename or remove one of them, for example app/routes/${data.files[1]}.`,
  },
  ROUTE_NAME_INVALID: {
    message: (data) => `app/routes/${data.file}: "${data.part}" is no part of a URL.`,
    fix: () =>
      'Name it with letters, digits, "-", "_", "." or "~", or write a whole parameter: [id], [[lang]], [...rest]; only folders may be (groups).',
  },
  ROUTE_REST_NOT_LAST: {
    message: (data) =>
      `app/routes/${data.file}: "${data.part}" takes the rest of the URL, so nothing can come after it.`,
    fix: (data) => `Make ${data.part} the last part of the path.`,
  },
  ROUTE_PARAM_TWICE: {
    message: (data) => `app/routes/${data.file}: the parameter "${data.name}" appears twice.`,
    fix: () => 'Give each parameter of a path its own name.',
  },
  ROUTE_RESERVED: {
    message: (data) => `app/routes/${data.file}: URLs under /_layer9 belong to the framework.`,
    fix: () => 'Give the file or folder another name.',
  },
  ROUTE_COMPONENT_MISSING: {
    message: (data) => `app/routes/${data.file} exports no component as its default.`,
    fix: () => 'Write `export default function Page() { … }` in it, or move the file out of app/routes.',
  },
  ROUTE_EXPORT_UNSUPPORTED: {
    message: (data) =>
      `app/routes/${data.file} exports \`${data.name}\`, which this version of Layer9 cannot honour yet.`,
    fix: (data) => `Remove the export \`${data.name}\`.`,
  },
  ROUTE_EXPORT_MISSPELT: {
    message: (data) =>
      `app/routes/${data.file} exports \`${data.name}\`, which nobody reads; did you mean \`${data.near}\`?`,
    fix: (data) => `Rename it to \`${data.near}\`, or give it a name that nobody takes for that one.`,
  },
  ROUTE_ACCESS_UNKNOWN: {
    message: (data) =>
      `app/routes/${data.file} asks for the access rule "${data.access}", which app/middleware/index.ts does not name${data.known.length ? ` (it names ${data.known.join(', ')})` : ''}.`,
    fix: (data) => `Add ${data.access} to \`export const access = guards({ … })\` in app/middleware/index.ts.`,
  },
  ROUTE_IDENTITY_INVALID: {
    message: (data) =>
      `app/routes/${data.file} exports an \`identity\` that is neither a list of names nor a function.`,
    fix: () =>
      "Write the names of the query that it depends on, as in `export const identity = ['tab']`, or a function of what a loader gets.",
  },
  ROUTE_STORE_INVALID: {
    message: (data) => `app/routes/${data.file} exports a \`store\` that is neither true nor false.`,
    fix: () =>
      'Write `export const store = false` where nobody may store what the page shows, and leave it out elsewhere.',
  },
  ROUTE_ROOT_MISSING: {
    message: (data) => `The build for the browser has no ${data.module}, which a page shows.`,
    fix: () => 'Run `layer9 build` again, and start what it wrote.',
  },
  ROUTE_UNLINKED: {
    message: (data) => `Nothing in the app links to ${data.id}, which app/routes/${data.file} answers.`,
    fix: () => 'Link to it, or delete the file if nobody needs it; what only others link to may stay as it is.',
  },
  ROUTE_LOADER_TYPE_MISSING: {
    message: (data) => `app/routes/${data.file} has a loader, but the type of its props does not say so.`,
    fix: (data) => `Write the props as \`${data.type}<typeof loader>\`, a type of layer9/routes.`,
  },
  NAVIGATION_NO_DOCUMENT: {
    message: ({ url, status, type }) =>
      `A link to ${url} was answered ${status} with ${type}, which is no page of this app: it is loaded in full.`,
    fix: () =>
      'Give the link `data-layer9-reload`, `download` or a `target`, or make it in a plain component, where the server sees that it leads to no page.',
  },
  ROUTE_TYPE_MISMATCH: {
    message: (data) => `app/routes/${data.file} says '${data.written}', but its path is '${data.expected}'.`,
    fix: (data) => `Write '${data.expected}'.`,
  },
}

/** The errors of the routes. */
export const errors: ReturnType<typeof defineErrors<RouteErrors>> = defineErrors(entries)
