// Type tests of forms: checked by the compiler, never run.
import { expectTypeOf } from 'vitest'
import type { Procedure } from '../6-api/index.ts'
import { Form, type FormAction, type FormProps, type FormState } from './index.ts'

// A form posts to an action; a query would answer, and change nothing.
expectTypeOf<Procedure<{ title: string }, number, 'action'>>().toExtend<FormAction>()
expectTypeOf<Procedure<{ title: string }, number, 'query'>>().not.toExtend<FormAction>()

type Save<Input> = Procedure<Input, number, 'action'>
type StateOf<Action extends FormAction> = Parameters<
  Extract<FormProps<Action>['children'], (state: never) => unknown>
>[0]

declare const save: Save<{ title: string; body?: string | undefined }>

// Fields have the names of the action's input: read without quotes, and misspelt ones are found.
Form({
  action: save,
  children: ({ values, errors, message }) => {
    expectTypeOf(values).toEqualTypeOf<{ readonly title?: string; readonly body?: string }>()
    expectTypeOf(errors).toEqualTypeOf<{ readonly title?: string; readonly body?: string }>()
    expectTypeOf(message).toEqualTypeOf<string | undefined>()
    // @ts-expect-error the input has no such field
    return [errors.titel, values.title]
  },
})
expectTypeOf<StateOf<typeof save>>().toEqualTypeOf<FormState<'title' | 'body'>>()

// Several values, and values in values: what a form sends as `tags[]` may be refused at `tags.0`.
expectTypeOf<StateOf<Save<{ tags: string[] }>>>().toEqualTypeOf<FormState<'tags' | 'tags[]' | `tags.${string}`>>()

// Each member of a union may be what was sent; an input that may be left out has its fields all the same.
expectTypeOf<StateOf<Save<{ by: 'a' } | { to: 'b' } | undefined>>>().toEqualTypeOf<FormState<'by' | 'to'>>()

// Where the names cannot be known, any will do.
expectTypeOf<StateOf<FormAction>>().toEqualTypeOf<FormState>()
expectTypeOf<StateOf<Save<undefined>>>().toEqualTypeOf<FormState>()
expectTypeOf<StateOf<Save<unknown>>>().toEqualTypeOf<FormState>()
expectTypeOf<StateOf<Save<Record<string, string>>>>().toEqualTypeOf<FormState>()
expectTypeOf<StateOf<Save<string>>>().toEqualTypeOf<FormState>()

// A part of a form may be written for any form that has its fields.
expectTypeOf<FormState<'title' | 'body'>>().toExtend<FormState<'title'>>()
expectTypeOf<FormState<'title'>>().toExtend<FormState>()
