import { defineErrors, type ErrorCatalogue, type ErrorEntry } from '../1-contracts/index.ts'

type ApiErrors = {
  API_ACCESS_MISSING: ErrorEntry<{ what: string }>
  API_NO_REQUEST: ErrorEntry<{ id: string }>
  API_OUTPUT_INVALID: ErrorEntry<{ id: string; fields: Readonly<Record<string, string>> }>
  API_ROUTE_INVALID: ErrorEntry<{ route: string; reason: string }>
  API_ROUTE_CLASH: ErrorEntry<{ route: string; first: string; second: string }>
  API_ANSWER_INVALID: ErrorEntry<{ route: string; kind: string }>
}

const entries: ApiErrors = {
  API_ACCESS_MISSING: {
    message: ({ what }) => `${/^[aeiou]/.test(what) ? 'An' : 'A'} ${what} has no access rule.`,
    fix: () => 'Give it access: a guard, or everyone from layer9/middleware if anybody may call it.',
  },
  API_NO_REQUEST: {
    message: ({ id }) => `${id} was called outside of a request, and its guard needs one.`,
    fix: () => 'Call it from a loader, handler or guard; call the service itself from jobs and scripts.',
  },
  API_OUTPUT_INVALID: {
    message: ({ id, fields }) =>
      `The handler of ${id} returned what its output schema refuses: ${Object.entries(fields)
        .map(([name, text]) => `${name || 'value'}: ${text}`)
        .join('; ')}.`,
    fix: () => 'Return what the schema describes, or change the schema.',
  },
  API_ROUTE_INVALID: {
    message: ({ route, reason }) => `The route "${route}" cannot be used: ${reason}.`,
    fix: () => 'Write a method and a path, such as "GET /feed.xml" or "POST /api/posts/[id]".',
  },
  API_ROUTE_CLASH: {
    message: ({ route, first, second }) => `${first} and ${second} both answer ${route}.`,
    fix: () => 'Give one of them another route.',
  },
  API_ANSWER_INVALID: {
    message: ({ route, kind }) => `The endpoint "${route}" returned ${kind}, which is no answer.`,
    fix: () => 'Return a Response, or what json() or text() of layer9/platform make.',
  },
}

/** The errors of the api layer, for developers. */
export const errors: ErrorCatalogue<ApiErrors> = defineErrors(entries)
