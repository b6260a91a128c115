// What can be wrong with an app's route files, and with what they export.
import { defineErrors } from '../1-contracts/index.ts'

export const errors: ReturnType<typeof define> = define()

// A function, so that the type of the catalogue can be named without writing it out a second time.
function define() {
  return defineErrors({
    ROUTE_CONFLICT: {
      message: (data: { url: string; files: readonly [string, string] }) =>
        `Two files answer ${data.url}: app/routes/${data.files[0]} and app/routes/${data.files[1]}.`,
      fix: (data: { files: readonly [string, string] }) =>
        `Rename or remove one of them, for example app/routes/${data.files[1]}.`,
    },
    ROUTE_NAME_INVALID: {
      message: (data: { file: string; part: string }) => `app/routes/${data.file}: "${data.part}" is no part of a URL.`,
      fix: () =>
        'Name it with letters, digits, "-", "_", "." or "~", or write a whole parameter: [id], [[lang]], [...rest]; only folders may be (groups).',
    },
    ROUTE_REST_NOT_LAST: {
      message: (data: { file: string; part: string }) =>
        `app/routes/${data.file}: "${data.part}" takes the rest of the URL, so nothing can come after it.`,
      fix: (data: { part: string }) => `Make ${data.part} the last part of the path.`,
    },
    ROUTE_PARAM_TWICE: {
      message: (data: { file: string; name: string }) =>
        `app/routes/${data.file}: the parameter "${data.name}" appears twice.`,
      fix: () => 'Give each parameter of a path its own name.',
    },
    ROUTE_RESERVED: {
      message: (data: { file: string }) => `app/routes/${data.file}: URLs under /_layer9 belong to the framework.`,
      fix: () => 'Give the file or folder another name.',
    },
    ROUTE_COMPONENT_MISSING: {
      message: (data: { file: string }) => `app/routes/${data.file} exports no component as its default.`,
      fix: () => 'Write `export default function Page() { … }` in it, or move the file out of app/routes.',
    },
    ROUTE_ACCESS_UNKNOWN: {
      message: (data: { file: string; access: string; known: readonly string[] }) =>
        `app/routes/${data.file} asks for the access rule "${data.access}", which app/middleware/index.ts does not name${data.known.length ? ` (it names ${data.known.join(', ')})` : ''}.`,
      fix: (data: { access: string }) =>
        `Add ${data.access} to \`export const access = guards({ … })\` in app/middleware/index.ts.`,
    },
    ROUTE_ROOT_MISSING: {
      message: (data: { module: string }) => `The build for the browser has no ${data.module}, which a page shows.`,
      fix: () => 'Run `layer9 build` again, and start what it wrote.',
    },
    ROUTE_TYPE_MISMATCH: {
      message: (data: { file: string; written: string; expected: string }) =>
        `app/routes/${data.file} says '${data.written}', but its path is '${data.expected}'.`,
      fix: (data: { expected: string }) => `Write '${data.expected}'.`,
    },
  })
}
