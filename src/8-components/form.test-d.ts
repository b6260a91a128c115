// Type tests of forms: checked by the compiler, never run.
import { expectTypeOf } from 'vitest'
import type { Procedure } from '../6-api/index.ts'
import type { FormAction } from './index.ts'

// A form posts to an action; a query would answer, and change nothing.
expectTypeOf<Procedure<{ title: string }, number, 'action'>>().toExtend<FormAction>()
expectTypeOf<Procedure<{ title: string }, number, 'query'>>().not.toExtend<FormAction>()
