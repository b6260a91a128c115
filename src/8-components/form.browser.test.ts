import { afterEach, expect, it } from 'vitest'
import { component, mount } from './browser.ts'
import { Form, type FormState, Submit } from './form.ts'

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
