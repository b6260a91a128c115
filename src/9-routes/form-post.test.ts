import { describe, expect, it } from 'vitest'
import { Conflict, Forbidden, Invalid, NotFound, redirect } from '../1-contracts/index.ts'
import { cookie, everyone, guard, guards } from '../5-middleware/index.ts'
import { action, query } from '../6-api/index.ts'
import { Form, Submit } from '../8-components/index.ts'
import { component } from '../8-components/server.ts'
import { bodyOf, page, testApp } from './testing.fixture.ts'

/** A board that forgets with each test. */
function board() {
  const saved: string[] = []
  const input = {
    '~standard': {
      version: 1,
      vendor: 'test',
      jsonSchema: { input: () => ({}), output: () => ({}) },
      validate: (value: unknown) => {
        const { title } = value as { title?: string }
        return title ? { value: { title } } : { issues: [{ message: 'Write something.', path: ['title'] }] }
      },
    },
  } as const
  const save = action({
    access: everyone,
    input,
    handler: ({ input }) => void saved.push((input as { title: string }).title),
  })
  const saveAndGo = action({ access: everyone, handler: () => redirect('/posts/1') })
  const taken = action({
    access: everyone,
    handler: () => {
      throw new Invalid({ title: 'taken', '': 'Not like this.' })
    },
  })
  const late = action({
    access: everyone,
    handler: () => {
      throw new Conflict('Somebody was faster.')
    },
  })
  const forbidden = action({
    access: guard(() => {
      throw new Forbidden()
    }),
    handler: () => void saved.push('forbidden'),
  })
  const gone = action({
    access: everyone,
    handler: () => {
      throw new NotFound('post')
    },
  })
  const breaks = action({
    access: everyone,
    handler: () => {
      throw new Error('secret detail')
    },
  })
  const signIn = action({ access: everyone, handler: () => cookie.set('session', 's1') })
  const look = query({ access: everyone, handler: () => void saved.push('looked') })
  const posts = { save, saveAndGo, taken, late, forbidden, gone, breaks, signIn, look }
  const form = () =>
    component(Form as never, {
      action: save,
      class: 'post',
      children: ({ values, errors, message }: Record<string, never>) => JSON.stringify({ values, errors, message }),
    })
  const routes = {
    'index.tsx': page(form),
    'two.tsx': page(() => [form(), form(), '']),
    'secret.tsx': page(form, { access: 'nobody' }),
    'error.tsx': page((props) => `error ${props.error?.status} ${props.error?.code}`),
  }
  const nobody = guard(() => {
    throw new Forbidden()
  })
  const app = testApp(routes, { api: { posts: () => posts }, middleware: () => ({ access: guards({ nobody }) }) })
  return { app, saved }
}

const text = (html: string) => html.replaceAll('&quot;', '"')

describe('a posted form', () => {
  it('runs its action and sends the visitor to the page again', async () => {
    const { app, saved } = board()
    const answer = await (await app).post('/?page=2', { $action: 'posts/save', title: 'A' })
    expect(answer).toMatchObject({
      status: 303,
      headers: { location: '/?page=2', 'cache-control': 'no-store' },
      body: '',
    })
    expect(saved).toEqual(['A'])
  })

  it('may be multipart', async () => {
    const { app, saved } = board()
    const answer = await (await app).get('/', { method: 'POST', multipart: { $action: 'posts/save', title: 'Ä\r\nB' } })
    expect(answer.status).toBe(303)
    expect(saved).toEqual(['Ä\r\nB'])
  })

  it('follows the redirect of the action, and carries its cookies', async () => {
    const { app } = board()
    const test = await app
    expect(await test.post('/', { $action: 'posts/saveAndGo' })).toMatchObject({
      status: 303,
      headers: { location: '/posts/1' },
    })
    const signedIn = await test.post('/', { $action: 'posts/signIn' })
    expect(String(signedIn.headers['set-cookie'])).toContain('session=s1')
  })

  it('that is refused shows the page again with what was typed and what is wrong', async () => {
    const { app, saved } = board()
    const answer = await (await app).post('/', { $action: 'posts/save', title: '', body: 'kept <b>' })
    expect(answer.status).toBe(422)
    expect(text(bodyOf(answer))).toContain(
      '<input type="hidden" name="$form" value="l9-p-0">{"values":{"title":"","body":"kept &lt;b&gt;"},"errors":{"title":"Write something."},"message":"Some of the input is wrong."}',
    )
    expect(saved).toEqual([])
  })

  it('that says which it is leaves the others of its action untouched', async () => {
    const { app } = board()
    const test = await app
    const answers = (html: string) => [...text(html).matchAll(/"values":\{([^}]*)\}/g)].map(([, values]) => values)
    const posted = await test.post('/two', { $action: 'posts/save', $form: 'l9-p-1', title: '' })
    expect(answers(bodyOf(posted))).toEqual(['', '"title":""'])
  })

  it('that the page no longer has is shown by those of its action', async () => {
    const { app } = board()
    const answer = await (await app).post('/two', { $action: 'posts/save', $form: 'l9-p-9', title: '' })
    expect(answer.status).toBe(422)
    expect(text(bodyOf(answer)).match(/Write something/g)).toHaveLength(2)
  })

  it('of another action leaves this form untouched', async () => {
    const { app } = board()
    const answer = await (await app).post('/', { $action: 'posts/taken', title: 'B' })
    expect(answer.status).toBe(422)
    expect(text(bodyOf(answer))).toContain('{"values":{},"errors":{}}')
  })

  it('that clashes shows the page with its status', async () => {
    const { app } = board()
    expect((await (await app).post('/', { $action: 'posts/late' })).status).toBe(409)
  })

  it.each([
    ['posts/forbidden', 403],
    ['posts/gone', 404],
    ['posts/unknown', 404],
    ['posts/look', 404],
    ['__proto__/constructor', 404],
    ['', 404],
  ])('that names %j is %i, on the error page', async (name, status) => {
    const { app, saved } = board()
    const answer = await (await app).post('/', { $action: name })
    expect(answer.status).toBe(status)
    expect(bodyOf(answer)).toContain(`error ${status}`)
    expect(saved).toEqual([])
  })

  it('that breaks is an id for the visitor, and an error for the log', async () => {
    const { app } = board()
    const test = await app
    const answer = await test.post('/', { $action: 'posts/breaks' })
    expect(answer.status).toBe(500)
    expect(answer.body).not.toContain('secret detail')
    expect(test.reported).toMatchObject([{ error: { message: 'secret detail' } }])
  })

  it('does not reach its action through a page that the visitor may not see', async () => {
    const { app, saved } = board()
    expect((await (await app).post('/secret', { $action: 'posts/save', title: 'A' })).status).toBe(403)
    expect(saved).toEqual([])
  })

  it('runs once, whatever page answers', async () => {
    const { app, saved } = board()
    expect((await (await app).post('/nowhere', { $action: 'posts/save', title: 'A' })).status).toBe(303)
    expect(saved).toEqual(['A'])
  })

  it('from another site is refused before it is read', async () => {
    const { app, saved } = board()
    const ask = { headers: { 'sec-fetch-site': 'cross-site' } }
    expect((await (await app).post('/', { $action: 'posts/save', title: 'A' }, ask)).status).toBe(403)
    expect(saved).toEqual([])
  })

  it('without an action, or that is no form, is the sender’s mistake', async () => {
    const { app } = board()
    const test = await app
    expect((await test.post('/', { title: 'A' })).status).toBe(400)
    const json = { method: 'POST', headers: { 'content-type': 'application/json' } }
    expect((await test.get('/', json)).status).toBe(415)
  })
})

describe('Form', () => {
  const save = action({ access: everyone, handler: () => {} })
  const shown = async (props: object) =>
    bodyOf(
      await (
        await testApp(
          { 'index.tsx': page(() => component(Form as never, { action: save, ...props })) },
          { api: { posts: () => ({ save }) } },
        )
      ).get('/'),
    )

  it('is a plain form with the name of its action', async () => {
    const html = await shown({
      class: 'wide',
      id: 'f',
      children: component(Submit as never, { children: 'Save', name: 'how', value: 'now' }),
    })
    expect(html).toContain(
      '<form class="wide" id="f" method="post" data-layer9><input type="hidden" name="$action" value="posts/save"><input type="hidden" name="$form" value="f"><button name="how" value="now" type="submit">Save</button></form>',
    )
  })

  it('sends its fields as it is told', async () => {
    expect(await shown({ encType: 'multipart/form-data' })).toContain('enctype="multipart/form-data"')
  })

  it('wants an action that the app exports', async () => {
    const unnamed = action({ access: everyone, handler: () => {} })
    const app = await testApp({ 'index.tsx': page(() => component(Form as never, { action: unnamed })) })
    expect((await app.get('/')).status).toBe(500)
    expect(app.reported[0]?.error).toMatchObject({ code: 'FORM_ACTION_UNNAMED' })
  })
})
