import { describe, expect, it } from 'vitest'
import { array, integer, schema, text } from '../1-contracts/index.ts'
import { fromRequest } from '../2-platform/index.ts'
import { readForm, readInput } from './form.ts'

const post = (body: BodyInit, type?: string) =>
  fromRequest(
    new Request('http://localhost/', {
      method: 'POST',
      body,
      ...(type !== undefined && { headers: { 'content-type': type } }),
    }),
  )
const fields = async (body: BodyInit, type?: string) => [...(await readForm(post(body, type)))]

describe('readForm', () => {
  it('reads urlencoded forms', async () => {
    await expect(fields('a=1&b=%C3%BC+x&a=2', 'application/x-www-form-urlencoded')).resolves.toEqual([
      ['a', '1'],
      ['b', 'ü x'],
      ['a', '2'],
    ])
    await expect(fields('a=1', 'application/x-www-form-urlencoded; charset=utf-8')).resolves.toEqual([['a', '1']])
    await expect(fields('', 'application/x-www-form-urlencoded')).resolves.toEqual([])
  })

  it('reads multipart forms as a browser writes them', async () => {
    const form = new FormData()
    form.append('title', 'Größe "1"')
    form.append('body', 'two\r\nlines\r\n--not-a-boundary')
    form.append('we"ird\r\nname', '🙂')
    form.append('empty', '')
    await expect(fields(form)).resolves.toEqual([
      ['title', 'Größe "1"'],
      ['body', 'two\r\nlines\r\n--not-a-boundary'],
      ['we"ird\r\nname', '🙂'],
      ['empty', ''],
    ])
  })

  it('refuses a form that is encoded', async () => {
    const type = 'application/x-www-form-urlencoded'
    const headers = { 'content-type': type, 'content-encoding': 'gzip' }
    const encoded = fromRequest(new Request('http://localhost/', { method: 'POST', body: 'a=1', headers }))
    await expect(readForm(encoded)).rejects.toMatchObject({ status: 415, code: 'ENCODING_UNSUPPORTED' })
  })

  it('reads an empty multipart form', async () => {
    await expect(fields('--x--\r\n', 'multipart/form-data; boundary=x')).resolves.toEqual([])
  })

  it('passes over a file input that was left empty', async () => {
    const body =
      '--x\r\ncontent-disposition: form-data; name="f"; filename=""\r\ncontent-type: application/octet-stream\r\n\r\n\r\n--x--\r\n'
    await expect(fields(body, 'multipart/form-data; boundary=x')).resolves.toEqual([])
  })

  it('refuses files in plain words', async () => {
    const form = new FormData()
    form.append('photo', new File(['bytes'], 'a.png'))
    await expect(readForm(post(form))).rejects.toMatchObject({
      code: 'INVALID',
      fields: { photo: 'Files are not accepted here.' },
    })
  })

  it.each([
    ['no boundary', 'x', 'multipart/form-data'],
    ['no end', '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1', 'multipart/form-data; boundary=x'],
    ['no name', '--x\r\ncontent-disposition: form-data\r\n\r\n1\r\n--x--', 'multipart/form-data; boundary=x'],
    ['no header', '--x\r\n1\r\n--x--', 'multipart/form-data; boundary=x'],
    ['another boundary', '--y\r\n\r\n--y--', 'multipart/form-data; boundary=x'],
    ['nothing at all', '', 'multipart/form-data; boundary=x'],
  ])('refuses multipart with %s', async (_, body, type) => {
    await expect(readForm(post(body, type))).rejects.toMatchObject({ status: 400, code: 'MALFORMED' })
  })

  it('refuses what is no UTF-8', async () => {
    await expect(
      readForm(post(new Uint8Array([0x61, 0x3d, 0xff]), 'application/x-www-form-urlencoded')),
    ).rejects.toMatchObject({ code: 'MALFORMED' })
  })

  it('refuses too many fields and parts', async () => {
    await expect(readForm(post('a&'.repeat(1001), 'application/x-www-form-urlencoded'))).rejects.toMatchObject({
      code: 'MALFORMED',
    })
    const part = '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n'
    await expect(readForm(post(`${part.repeat(1001)}--x--`, 'multipart/form-data; boundary=x'))).rejects.toMatchObject({
      code: 'MALFORMED',
    })
    await expect(fields(`${part.repeat(1000)}--x--`, 'multipart/form-data; boundary=x')).resolves.toHaveLength(1000)
  })

  it.each(['text/plain', 'application/json', '', 'multipart/mixed; boundary=x'])('refuses %j', async (type) => {
    await expect(readForm(post('a=1', type))).rejects.toMatchObject({ status: 415, code: 'NOT_A_FORM' })
  })
})

describe('readInput', () => {
  const Search = schema({ a: integer(), tags: array(text()) })

  it('reads fields by the schema, without those of the framework', () => {
    const fields = new URLSearchParams('a=1&tags=x&tags[]=y&$action=x&other=1')
    expect({ ...readInput({ id: 'posts/list', input: Search }, fields, 'form') }).toEqual({
      ...{ a: 1, tags: ['x', 'y'], other: '1' },
    })
  })

  it('reads what there is where there is no schema, so that it can be refused', () => {
    expect(readInput({ id: '', input: undefined }, new URLSearchParams('$action=x'), 'form')).toEqual({})
    const input = readInput({ id: '', input: undefined }, new URLSearchParams('__proto__=x'), 'form')
    expect(Object.keys(input)).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(input)).toBe(Object.prototype)
  })

  it('has no prototype', () => {
    const input = readInput({ id: '', input: Search }, new URLSearchParams('__proto__=x&constructor=y'), 'url')
    expect(Object.getPrototypeOf(input)).toBeNull()
    expect(Object.keys(input)).toEqual(['tags', '__proto__', 'constructor'])
  })
})
