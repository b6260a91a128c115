import { expectTypeOf } from 'vitest'
import type { Incoming } from '../2-platform/index.ts'
import { everyone, type Guard, guard, guards, type Nothing, runGuard } from './index.ts'

declare const incoming: Incoming

const signedIn = guard(async () => ({ user: { id: 'u1', role: 'author' as 'author' | 'moderator' } }))
const moderator = signedIn.and(({ context }) => {
  expectTypeOf(context.user.role).toEqualTypeOf<'author' | 'moderator'>()
})
const withTenant = moderator.and(({ context }) => ({ tenant: context.user.id.length }))
const checking = guard(() => {})
const maybe = guard(() => (Math.random() > 0.5 ? { extra: 1 } : undefined))

// What guards add is intersected; what adds nothing changes nothing.
expectTypeOf(await runGuard(signedIn, incoming)).toExtend<{ user: { id: string } }>()
expectTypeOf(await runGuard(withTenant, incoming)).toExtend<{ user: { id: string }; tenant: number }>()
expectTypeOf(await runGuard(everyone, incoming)).toEqualTypeOf<Nothing>()
expectTypeOf(checking).toExtend<Guard>()
expectTypeOf(maybe).toExtend<Guard>()

// A context has only what was added.
const context = await runGuard(moderator, incoming)
expectTypeOf(context.user.id).toBeString()
// @ts-expect-error nothing of that name was added
context.tenant

// Guards by name.
const access = guards({ signedIn, moderator })
expectTypeOf(access.moderator).toEqualTypeOf(moderator)
expectTypeOf(access.everyone).toEqualTypeOf(everyone)
// @ts-expect-error no guard
guards({ open: () => true })
