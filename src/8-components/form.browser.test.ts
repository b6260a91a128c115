import { afterEach, describe, expect, it } from 'vitest'
import { component, flush, mount } from './browser.ts'
import { Form, type FormState, Submit } from './form.ts'
import { useState } from './hooks.ts'
import { jsx } from './jsx-runtime.ts'

afterEach(() => document.body.replaceChildren())

// Inside a root a form is made in the browser: it must be the one that the server would write.
it('is the same form in the browser', () => {
  const action = { id: 'posts/save', kind: 'action' }
  const children = ({ errors }: FormState) => [errors['title'], component(Submit as never, { children: 'Save' })]
  mount(component(Form as never, { action, class: 'wide', children }), document.body)
  const form = document.querySelector('form') as HTMLFormElement
  expect(form.method).toBe('post')
  expect(form.className).toBe('wide')
  expect(form.matches('[data-layer9]')).toBe(true)
  expect([...new FormData(form)]).toEqual([
    ['$action', 'posts/save'],
    ['$form', expect.stringMatching(/^l9-m\d+-0$/)],
  ])
  expect(form.querySelector('button')?.type).toBe('submit')
})

describe('a field of a form', () => {
  const action = { id: 'posts/save', kind: 'action' }
  const type = (field: HTMLInputElement, text: string) => {
    field.value = text
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  /** A turn of the event loop: a field that is not the user's has gone back by then. */
  const turn = async () => await new Promise((done) => setTimeout(done))

  function show(attributes: object) {
    let render: () => void = () => {}
    let given = 'start'
    const Root = () => {
      const [, set] = useState(0)
      render = () => {
        set((count) => count + 1)
        flush()
      }
      const field = jsx('input', { name: 'title', value: given, ...attributes })
      return component(Form as never, { action, children: field })
    }
    mount(component(Root, {}), document.body)
    const field = document.querySelector<HTMLInputElement>('[name=title]') as HTMLInputElement
    return {
      field,
      render(value: string) {
        given = value
        render()
      },
    }
  }

  it('starts with its value and is then the user’s, until it is given another', async () => {
    const { field, render } = show({})
    expect(field.value).toBe('start')
    type(field, 'typed')
    await turn()
    expect(field.value).toBe('typed')
    render('start')
    expect(field.value).toBe('typed')
    render('other')
    expect(field.value).toBe('other')
  })

  it('is its component’s where that hears of input', async () => {
    const { field } = show({ onInput: () => {} })
    type(field, 'typed')
    await turn()
    expect(field.value).toBe('start')
  })
})
