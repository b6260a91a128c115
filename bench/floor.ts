// The floor: bare node:http with template strings, sending the same headers and bytes as the app. `FLOOR` holds the
// headers that were captured from it, by path, and for pages the text before and after what is rendered here.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { rows } from './app/app/contracts/rows.ts'

interface Captured {
  headers: [string, string][]
  before: string
  after: string
}

const captured: Record<string, Captured> = process.env.FLOOR ? JSON.parse(readFileSync(process.env.FLOOR, 'utf8')) : {}
const plain: Captured = { headers: [['content-type', 'text/html; charset=utf-8']], before: '', after: '' }
const script: Captured = { ...plain, headers: [['content-type', 'text/javascript']] }

function escapeText(text: string): string {
  return /[&<]/.test(text) ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : text
}

const render: Record<string, () => string> = {
  '/api/hello': () => JSON.stringify({ message: 'Hello, World!', items: [1, 2, 3] }),
  '/small': () =>
    `<main><h1>Hello, ${escapeText('World')}!</h1><p>This is the page at <code>${escapeText('/small')}</code>, made for this request.</p><ul><li>one</li><li>two</li><li>three</li></ul></main>`,
  '/table': () => {
    let html = '<table><tbody>'
    for (const { cells } of rows) {
      html += `<tr><td>${escapeText(cells[0])}</td><td>${escapeText(cells[1])}</td><td>${escapeText(cells[2])}</td><td>${escapeText(cells[3])}</td><td>${escapeText(cells[4])}</td></tr>`
    }
    return `${html}</tbody></table>`
  },
  '/': () => '<main><h1>Count: 0</h1><button type="button">+1</button></main>',
  // The counter by hand, for the time from a start to a click: one document, one script.
  '/counter': () =>
    '<!doctype html><script type="module" src="/counter.js"></script><main><h1>Count: 0</h1><button type="button">+1</button></main>',
  '/counter.js': () =>
    `let count = 0; document.querySelector('button').onclick = () => { document.querySelector('h1').textContent = 'Count: ' + ++count }`,
}

createServer((request, response) => {
  const page = render[request.url ?? '/']
  if (!page) {
    response.writeHead(404)
    response.end()
    return
  }
  const { headers, before, after } = captured[request.url ?? '/'] ?? (request.url === '/counter.js' ? script : plain)
  const body = before + page() + after
  response.writeHead(200, [...headers, ['content-length', String(Buffer.byteLength(body))]].flat())
  response.end(body)
}).listen(Number(process.env.PORT), process.env.HOST)
