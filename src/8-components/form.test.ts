import { describe, expect, it } from 'vitest'
import { Form, type FormState, Submit } from './form.ts'
import { component, createRenderer, PostedFormContext } from './server.ts'

const action = { id: 'posts/save', kind: 'action' }
const render = (element: unknown) => createRenderer({ dev: true }).render(element as never)
const form = (props: object) => component(Form as never, { action, ...props })
/** What a form's function is given, as text. */
const told = (state: FormState) => JSON.stringify(state).replaceAll('"', "'")

describe('Form', () => {
  it('posts to the page it is on, and names its action', () => {
    expect(render(form({ class: 'wide', 'aria-label': 'Post', children: 'fields' }))).toBe(
      '<form class="wide" aria-label="Post" method="post" data-layer9><input type="hidden" name="$action" value="posts/save"><input type="hidden" name="$form" value="l9-p-0">fields</form>',
    )
  })

  it('tells its function nothing before it was refused', () => {
    expect(render(form({ children: told }))).toContain("{'values':{},'errors':{}}")
  })

  it('tells its function what was typed and what is wrong, escaped', () => {
    const value = {
      action: 'posts/save',
      values: { title: '<b>' },
      errors: { title: 'Too short.' },
      message: 'Look again.',
    }
    const html = render(component(PostedFormContext, { value, children: form({ children: told }) }))
    expect(html).toContain("'values':{'title':'&lt;b&gt;'}")
    expect(html).toContain("'errors':{'title':'Too short.'},'message':'Look again.'")
  })

  it('keeps the answer to another action to that one', () => {
    const value = { action: 'posts/other', values: { title: 'x' }, errors: {}, message: 'm' }
    expect(render(component(PostedFormContext, { value, children: form({ children: told }) }))).toContain("'values':{}")
  })

  it('is one of several of its action: the one that was posted, or else any', () => {
    const posted = { action: 'posts/save', values: { title: 'x' }, errors: {}, message: 'm' }
    const shown = (
      name: string | undefined,
      forms = [form({ children: told }), form({ id: 'own', children: told })],
    ) => {
      const value = name === undefined ? posted : { ...posted, form: name }
      const html = render(component(PostedFormContext, { value, children: forms }))
      return [...html.matchAll(/'values':\{([^}]*)\}/g)].map(([, values]) => values !== '')
    }
    expect(shown('l9-p-0')).toEqual([true, false])
    expect(shown('own')).toEqual([false, true])
    expect(shown(undefined)).toEqual([true, true])
    expect(shown('gone')).toEqual([false, false])
  })

  it('sends files when it is told to', () => {
    expect(render(form({ encType: 'multipart/form-data' }))).toContain('enctype="multipart/form-data"')
  })

  it('refuses an action without a name', () => {
    expect(() => render(form({ action: { id: '', kind: 'action' } }))).toThrow(
      expect.objectContaining({ code: 'FORM_ACTION_UNNAMED' }),
    )
    expect(() => render(form({ action: undefined }))).toThrow(expect.objectContaining({ code: 'FORM_ACTION_UNNAMED' }))
  })
})

describe('Submit', () => {
  it('is a button that submits, with a name of its own', () => {
    expect(render(component(Submit as never, { name: 'how', value: 'now', disabled: true, children: 'Go' }))).toBe(
      '<button name="how" value="now" disabled type="submit">Go</button>',
    )
  })
})
