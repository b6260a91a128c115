import { toStandardJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'

/** A path of this board. Two slashes would be another host. */
export const LocalPath = v.pipe(v.string(), v.regex(/^\/(?![/\\])/, 'Not a path of this board.'), v.maxLength(500))

export const SignIn = /*#__PURE__*/ toStandardJsonSchema(
  v.object({
    person: v.string('Choose a neighbour.'),
    to: v.fallback(LocalPath, '/'),
  }),
)

export const themes = ['light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const ChooseTheme = /*#__PURE__*/ toStandardJsonSchema(v.object({ theme: v.picklist(themes) }))
