// Forms that post to an action: the same request with and without JavaScript.
import { createNamedContext, useContext } from './context.ts'
import type { Child } from './element.ts'
import { useId } from './id.ts'
import { jsx } from './jsx-runtime.ts'
import { type Cell, cell, owner } from './owner.ts'
import { problem } from './problem.ts'
import type { ClassValue, StyleValue } from './value.ts'

/**
 * What a form shows again after the server refused it; empty before. `Field`: the names that its fields may have.
 *
 * @example
 * const Title = ({ errors }: FormState<'title'>) => <p role="alert">{errors.title}</p>
 */
export interface FormState<Field extends string = string> {
  /** What was typed, by the name of the field. */
  readonly values: { readonly [Name in Field]?: string }
  /** What is wrong, by the name of the field. */
  readonly errors: { readonly [Name in Field]?: string }
  /** What is wrong with the form as a whole. */
  readonly message: string | undefined
}

/** The form of a page that was posted and refused. */
export interface PostedForm extends FormState {
  /** The action's id. */
  readonly action: string
  /** Which of the action's forms it was; without it, any. */
  readonly form?: string
}

/** What a form needs to know of an action: the name under which the server reaches it, `posts/createPost`. */
export interface FormAction {
  readonly id: string
  /** A query reads: what a form posts would change nothing. */
  readonly kind: 'action'
}

/** The fields of an action's input, and what lies in them: `tags[]` sends several, `tags.0` is where one is wrong. */
type FieldOf<Action> = Action extends (input: infer Input) => unknown ? AnyWithout<NamesOf<NonNullable<Input>>> : string
/** Where no name is known (no schema, or one of anything), any will do. */
type AnyWithout<Name extends string> = [Name] extends [never] ? string : Name
/** A union has the fields of each of its members. */
type NamesOf<Input> = Input extends object
  ? { [Name in keyof Input & string]: Name | InnerNames<NonNullable<Input[Name]>, Name> }[keyof Input & string]
  : never
type InnerNames<Value, Name extends string> = Value extends object ? `${Name}[]` | `${Name}.${string}` : never

/** Props of `Form`. Other attributes go to the `<form>` as they are. */
export interface FormProps<Action extends FormAction = FormAction> {
  /** An action exported by a module of `app/api`. */
  action: Action
  /** The fields, or a function that gets what was typed and what was wrong with it, by the names of the action's input. */
  children?: Child | ((state: FormState<FieldOf<Action>>) => Child)
  /** How the fields are sent. Default: urlencoded. */
  encType?: 'application/x-www-form-urlencoded' | 'multipart/form-data'
  class?: ClassValue
  style?: StyleValue
  /** Tells it from other forms of its action, for the server's messages too. In a list give each one of its own. */
  id?: string
  autocomplete?: string
  novalidate?: boolean
  [attribute: `aria-${string}` | `data-${string}`]: string | number | boolean | undefined
}

/** Props of `Submit`. Other attributes go to the `<button>` as they are. */
export interface SubmitProps {
  children?: Child
  /** Sent with the form when this button sent it. */
  name?: string
  value?: string
  class?: ClassValue
  style?: StyleValue
  id?: string
  disabled?: boolean
  [attribute: `aria-${string}` | `data-${string}`]: string | number | boolean | undefined
}

/**
 * Carries a refused form to the `Form` that posted it. Provided by the page that is shown again. It travels: the form may
 * be one that a root shows only after a click.
 */
export const PostedFormContext: ReturnType<typeof createNamedContext<PostedForm | undefined>> =
  /*#__PURE__*/ createNamedContext<PostedForm | undefined>(undefined, { travels: true }, 'layer9#PostedForm')

/**
 * The server's refused forms: those that a `Form` took for its own, and those that nobody did, which every form of their
 * action shows.
 */
export const refusedForms: WeakMap<PostedForm, 'shown' | 'everyone'> = /*#__PURE__*/ new WeakMap()

const untouched: FormState = { values: {}, errors: {}, message: undefined }

/**
 * A form that runs an action. It works without JavaScript: a post to the page's own URL, which is answered with a
 * redirect or, when the input is wrong, with the page again. With JavaScript the answer is merged into the page.
 *
 * @throws FORM_ACTION_UNNAMED when the action is not exported by a module of `app/api`
 * @example
 * <Form action={createPost}>{({ errors }) => <><input name="title" />{errors.title}<Submit>Save</Submit></>}</Form>
 */
export function Form<Action extends FormAction>({
  action,
  children,
  encType,
  ...attributes
}: FormProps<Action>): Child {
  const posted = useContext(PostedFormContext)
  const ownId = useId()
  if (!action?.id) throw problem('FORM_ACTION_UNNAMED', {})
  const form = attributes.id ?? ownId
  const isPosted = posted?.action === action.id && isOwn(posted, form)
  useFields(form, isPosted ? posted : undefined)
  const hidden = { $action: action.id, $form: form }
  const names = Object.entries(hidden).map(([name, value]) => jsx('input', { type: 'hidden', name, value }))
  const content = typeof children === 'function' ? children(isPosted ? posted : untouched) : children
  return jsx('form', {
    ...attributes,
    method: 'post',
    enctype: encType,
    'data-layer9': '',
    children: [...names, content],
  })
}

function isOwn(posted: PostedForm, form: string): boolean {
  const isOwn = (posted.form ?? form) === form || refusedForms.get(posted) === 'everyone'
  if (isOwn && !refusedForms.has(posted)) refusedForms.set(posted, 'shown')
  return isOwn
}

/**
 * Puts the focus where a refused form is to be mended: the navigation does so itself, but for a root that has yet to load.
 * And leaves fields to the user.
 */
function useFields(form: string, posted: PostedForm | undefined): void {
  const self = owner()
  const told = cell<Cell & { posted?: PostedForm | undefined }>(self, () => {
    self.schedule(() => document.addEventListener('input', free, true))
    return {}
  })
  const isNew = posted !== undefined && told.posted !== posted
  told.posted = posted
  if (!isNew) return
  const field = `form:has(>[name="$form"][value=${JSON.stringify(form)}]) [aria-invalid=true]`
  self.schedule(() => document.querySelector<HTMLElement>(field)?.focus())
}

/**
 * A field that hears of no input only starts with its value, as HTML has it: the server is to see what was typed. The
 * browser adds a listener once, however many forms do.
 */
function free({ target }: Event): void {
  const field = target as HTMLElement & { l9?: Record<string, unknown>; l9free?: boolean }
  // Not by its `form`: that may have a field of any name.
  if (!field.l9?.['input'] && !field.l9?.['change'] && field.closest('form[data-layer9]')) field.l9free = true
}

/**
 * A button that sends the form it is in. While an answer is awaited the form is `aria-busy`, and sent once.
 *
 * @example
 * <Submit class="primary">Publish</Submit>
 */
export function Submit({ children, ...attributes }: SubmitProps): Child {
  return jsx('button', { ...attributes, type: 'submit', children })
}
