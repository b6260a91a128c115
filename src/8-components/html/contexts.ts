// Contexts of plain components cross into the roots that read them: as data, noted root by root.
import type { Context } from '../context.ts'
import { errors } from '../errors.ts'
import { Crossing } from './crossing.ts'
import {
  broken,
  crossings,
  currentWriting,
  placesOf,
  type RootWriting,
  type SentContext,
  type ServerOwner,
} from './place.ts'

/** A component that provides a context. */
interface Provider extends ServerOwner {
  provided: { readonly context: Context<unknown>; readonly value: unknown; readonly readers: Set<never> }
}

/**
 * What crosses into a root before it reads anything: contexts that travel; in development also the names of the others,
 * so that the browser can say which it was not sent.
 */
export function addTravelling(root: ServerOwner): void {
  const { contexts } = root.root as RootWriting
  const isDevelopment = currentWriting()?.options.dev === true
  const seen = new Set<unknown>()
  for (let at = root.parent; at; at = at.parent) {
    const context = at.provided?.context as Context<unknown> | undefined
    // The nearest provider counts; a live one around the root is there in the browser.
    if (context?.id === undefined || seen.has(context)) continue
    seen.add(context)
    if (at.root || isInitial(at as Provider)) continue
    if (context.travels) send(root, at as Provider)
    else if (isDevelopment) contexts.set(context.id, { value: undefined, isLate: true })
  }
}

/** A component in a root reads what a plain one provides: it is to cross. What live ones provide is there. */
function receive(reader: ServerOwner, provider: Provider): void {
  const { id } = provider.provided.context
  const known = id === undefined ? undefined : (reader.root as RootWriting).contexts.get(id)
  if (provider.root || (known && !known.isLate) || isInitial(provider)) return
  send(reader, provider)
}

function send(reader: ServerOwner, { provided: { context, value } }: Provider): void {
  const root = reader.root as RootWriting
  const data = { component: reader.type.name, context: contextName(context), live: rootOf(reader).type.name }
  const fail = (error: Error): void => {
    root.isBroken = true
    broken(error)
  }
  if (context.id === undefined) {
    fail(errors.CONTEXT_WITHOUT_NAME(data, placesOf(reader.type)))
    return
  }
  const sent: SentContext = { value, isLate: false }
  root.contexts.set(context.id, sent)
  const refused: { path: string; kind: string }[] = []
  const refuse = (path: string, kind: string): void => void refused.push({ path, kind })
  new Crossing({ isSendable: currentWriting()?.options.isSendable, refuse }).value(value)
  // Said here, not deep in the value, so that the reader is still in the stack.
  const [first] = refused
  if (first) fail(errors.CONTEXT_NOT_DATA({ ...data, ...first }, placesOf(reader.type)))
}

/** Whether a provider gives what is read without it, and no live one around it gives anything else. */
function isInitial(provider: Provider): boolean {
  const { context, value } = provider.provided
  if (!Object.is(value, context.initial)) return false
  for (let at: ServerOwner | undefined = provider; at; at = at.parent) if (at.root) return false
  return true
}

function rootOf(reader: ServerOwner): ServerOwner {
  let root = reader
  while (root.parent?.root === reader.root) root = root.parent as ServerOwner
  return root
}

/** The name that a context has in its module. */
function contextName({ id = '' }: Context<unknown>): string {
  return id.slice(id.indexOf('#') + 1)
}

/** Readers find providers through the scopes around them, which are owners here. */
crossings.receive = (reader, provider) => receive(reader, provider as Provider)
