// The errors of the contracts, one catalogue a subject so that the browser gets only the texts of what it uses.
import { defineErrors, type ErrorCatalogue, type ErrorEntry } from './catalogue.ts'

/** What `encode` cannot write. */
type EncodeErrors = {
  CODEC_UNSUPPORTED: ErrorEntry<{ path: string; kind: string }>
  CODEC_TOO_DEEP: ErrorEntry<{ path: string; limit: number }>
}

const encode: EncodeErrors = {
  CODEC_UNSUPPORTED: {
    message: ({ path, kind }) => `${path} is ${kind}, which cannot cross the wire.`,
    fix: () => 'Send plain data: text, numbers, booleans, dates, bigints, arrays, objects, maps and sets.',
  },
  CODEC_TOO_DEEP: {
    message: ({ path, limit }) => `The data is nested deeper than ${limit} levels: ${path}.`,
    fix: () => 'Send nothing that contains itself.',
  },
}

/** @see EncodeErrors */
export const encodeErrors: ErrorCatalogue<EncodeErrors> = /*#__PURE__*/ defineErrors(encode)

/** What `decode` refuses. */
type DecodeErrors = {
  CODEC_EXCEEDED: ErrorEntry<{ what: string; limit: number }>
  CODEC_MALFORMED: ErrorEntry<{ reason: string }>
}

const decode: DecodeErrors = {
  CODEC_EXCEEDED: {
    message: ({ what, limit }) => `The text is over its limit of ${what}: ${limit}.`,
    fix: () => 'Send less at once.',
  },
  CODEC_MALFORMED: {
    message: ({ reason }) => `The text is not what encode() writes: ${reason}.`,
    fix: () => 'Decode only what encode() of the same version wrote.',
  },
}

/** @see DecodeErrors */
export const decodeErrors: ErrorCatalogue<DecodeErrors> = /*#__PURE__*/ defineErrors(decode)

/** What `href` refuses. */
type HrefErrors = {
  HREF_PARAM_MISSING: ErrorEntry<{ pattern: string; param: string }>
  HREF_PARAM_INVALID: ErrorEntry<{ pattern: string; param: string; value: unknown; reason: string }>
  HREF_PATTERN_INVALID: ErrorEntry<{ pattern: string }>
}

const href: HrefErrors = {
  HREF_PARAM_MISSING: {
    message: ({ pattern, param }) => `The link to ${pattern} has no "${param}".`,
    fix: ({ param }) => `Give href() a value for "${param}" that is not empty.`,
  },
  HREF_PARAM_INVALID: {
    message: ({ pattern, param, reason }) =>
      `The link to ${pattern} has a "${param}" that no URL can carry: ${reason}.`,
    fix: ({ param }) => `Give "${param}" a value that stands for one part of a path, or use a query parameter.`,
  },
  HREF_PATTERN_INVALID: {
    message: ({ pattern }) => `"${pattern}" is no route pattern: it does not begin with one "/".`,
    fix: () => 'Write the pattern as the routes folder has it, such as "/posts/[id]".',
  },
}

/** @see HrefErrors */
export const hrefErrors: ErrorCatalogue<HrefErrors> = /*#__PURE__*/ defineErrors(href)

/** What `redirect` refuses. */
type RedirectErrors = {
  REDIRECT_NOT_A_PATH: ErrorEntry<{ to: string }>
  REDIRECT_FOREIGN: ErrorEntry<{ to: string; allowed: readonly string[] }>
}

const redirect: RedirectErrors = {
  REDIRECT_NOT_A_PATH: {
    message: ({ to }) => `redirect() was given "${to}", which is not a path of this app.`,
    fix: () =>
      'Give it a path that begins with one "/" (best from href()), or use redirect.external() with a list of origins.',
  },
  REDIRECT_FOREIGN: {
    message: ({ to, allowed }) =>
      `redirect.external() was given "${to}", whose origin is not among: ${allowed.join(', ')}.`,
    fix: () => 'Add the origin to the list if it is to be trusted.',
  },
}

/** @see RedirectErrors */
export const redirectErrors: ErrorCatalogue<RedirectErrors> = /*#__PURE__*/ defineErrors(redirect)
