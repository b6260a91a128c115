import type { PageProps } from 'layer9/routes'
import { Code } from '~/components/Code'

export const head = () => ({ title: 'Fields and contracts: Layer9' })

/** Function, what it takes, what it holds. */
const kinds = [
  ['id()', 'a UUID; made by the framework, in the order of making', 'string'],
  [
    'text({ min, max, pattern, trim, multiline })',
    'one line, or several; 10,000 characters where nothing is said',
    'string',
  ],
  ['email()', 'an address as HTML forms take it, with a dot in the domain', 'string'],
  ['url()', 'a whole http or https address', 'string'],
  ['integer({ min, max })', 'a whole number that JavaScript counts exactly', 'number'],
  ['number({ min, max })', 'any finite number', 'number'],
  ['decimal({ scale, min, max })', 'an exact number: money, weights', "string, '12.50'"],
  ['boolean()', 'true or false', 'boolean'],
  ['date()', 'a day of the calendar, without a time', "string, '2030-01-31'"],
  ['timestamp()', 'a moment, to the millisecond', 'Date'],
  ["oneOf('draft', 'published')", 'one of these texts', 'their union'],
  ['json(schema)', 'what a schema of any library says', 'what it gives'],
  ['array(field, { min, max })', 'single values of one kind', 'array'],
  ["reference('users', { onDelete })", 'one row of an entity', 'the type of its key'],
  ["references('tags')", 'several rows; the pairs have a table of their own', 'array of keys'],
  ['file({ accept, maxSize })', 'a file in the storage', 'StoredFile'],
] as const

/** What code names, what is sent for it, and the bytes of that with gzip; tests/contract-bytes.test.ts holds them. */
const costs = [
  ['title.description.max', 'the number', '3'],
  ['title.description', 'the description, as an object', '70'],
  ["title['~standard'].validate(value)", 'what validates a text', '1,700, most of it once a page'],
  ['validate(NewPost, value)', 'what validates the kinds that it has, and what is thrown', '3,000'],
  ['Post', 'all that an entity is and does', '7,000'],
] as const

export default function FieldsPage(_props: PageProps<'/fields'>) {
  return (
    <div class="prose">
      <h1>Fields and contracts</h1>
      <p class="lead">
        What both sides may see of a thing is written once, in <code>app/contracts</code>. Types and validation follow
        from it, and so do <a href="/tables">its table</a> and its forms.
      </p>

      <h2>An entity</h2>
      <p>
        A name in the plural, and fields. Each field is made by a function, and each method returns another field.{' '}
        <code>Row</code>, <code>Insert</code> and <code>Update</code> are the types of what the database gives and
        takes; in the editor they read as the objects that they are.
      </p>
      <Code file="app/contracts/post.ts">{`
import { entity, id, type Insert, oneOf, reference, references, type Row, text, timestamp, type Update } from 'layer9/contracts'

export const Post = entity('posts', {
  id: id(),
  authorId: reference('users', { onDelete: 'cascade' }),
  replyToId: reference('posts').optional(),
  title: text({ min: 1, max: 200, trim: true, label: 'Title' }),
  body: text({ min: 1, max: 20_000, multiline: true }),
  status: oneOf('draft', 'published').default('draft'),
  createdAt: timestamp().default('now'),
  tags: references('tags'),
})
export type Post = Row<typeof Post>

export const row: Post = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  authorId: '01890a5d-ac96-774b-bcce-b302099a8058',
  replyToId: null,
  title: 'Tea',
  body: 'Green.',
  status: 'draft',
  createdAt: new Date(0),
}
export const insert: Insert<typeof Post> = { authorId: row.authorId, title: 'Tea', body: 'Green.' }
export const update: Update<typeof Post> = { status: 'published' }
`}</Code>
      <p>
        A reference names an entity and imports nothing, so two may name each other, and one may name itself. What tells
        rows apart is the id; another key is named behind the fields, and references to it say its kind.
      </p>
      <Code file="app/contracts/line.ts">{`
import { decimal, entity, integer, reference } from 'layer9/contracts'

export const Line = entity(
  'lines',
  {
    orderId: reference('orders', { onDelete: 'cascade' }),
    place: integer({ min: 1 }),
    trackId: reference('tracks', { key: integer() }),
    price: decimal({ scale: 2, min: '0' }),
  },
  { key: ['orderId', 'place'] },
)
`}</Code>

      <h2>Kinds of fields</h2>
      <table>
        <thead>
          <tr>
            <th>made by</th>
            <th>takes</th>
            <th>type</th>
          </tr>
        </thead>
        <tbody>
          {kinds.map(([made, takes, type]) => (
            <tr>
              <td>
                <code>{made}</code>
              </td>
              <td>{takes}</td>
              <td>
                <code>{type}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        All take <code>label</code>, <code>help</code> and <code>placeholder</code>, the words that people read beside
        the field. What has to be given, and what it may be:
      </p>
      <ul>
        <li>
          <code>.optional()</code>: it may be left out, or be <code>null</code>; in a row it is <code>null</code> then.
        </li>
        <li>
          <code>.nullable()</code>: it has to be given, and may be <code>null</code>.
        </li>
        <li>
          <code>.default(value)</code>: what stands in its place when it is left out; of a time and a date it may be{' '}
          <code>&#39;now&#39;</code>. Of <code>optional</code> and <code>default</code> the later one counts.
        </li>
        <li>
          <code>.unique()</code>: no two rows have the same.
        </li>
      </ul>

      <h2>Parts, and other inputs</h2>
      <p>
        What a form or a call takes is rarely the whole entity. <code>pick</code>, <code>omit</code>,{' '}
        <code>partial</code> and <code>extend</code> make other contracts of one and leave it as it was; what is no
        entity at all is a <code>schema</code>. In a partial one each field may be left out, and defaults are not filled
        in. Another library&rsquo;s schema stands in a field as <code>json</code>.
      </p>
      <p>
        Who means a row that is there takes a <code>reference</code> to it, which has to be given;{' '}
        <code>Post.pick(&#39;id&#39;)</code> is the id of a new one, which may be left out, as in an insert. Where a
        page lists what <code>oneOf</code> takes, keep the texts in a constant: <code>oneOf(...topics)</code>, with{' '}
        <code>topics</code> declared <code>as const</code>.
      </p>
      <Code file="app/contracts/inputs.ts">{`
import { type Infer, integer, json, reference, schema, text } from 'layer9/contracts'
import * as v from 'valibot'
import { Post } from '~/contracts/post'

export const NewPost = Post.pick('title', 'body')
export const PostId = schema({ id: reference('posts') })
export const PostChange = Post.pick('title', 'body', 'status').partial()
export const Search = schema({
  q: text({ max: 100 }).default(''),
  page: integer({ min: 1 }).default(1),
})
export const Sign = Post.pick('title').extend({
  place: json(v.object({ latitude: v.number(), longitude: v.number() })),
})

export const change: Infer<typeof PostChange> = { status: 'published' }
export const search: Infer<typeof Search> = { q: '', page: 1 }
`}</Code>

      <h2>What is wrong with a value</h2>
      <p>
        Every contract, part and field is a Standard Schema. Validation collects everything that is wrong, each with the
        path of its field, a text, and the code and data by which the text can be translated. It leaves out what the
        contract does not name, reads nothing that is inherited or computed, and ends at 32 levels, 100,000 values and
        100 problems.
      </p>
      <Code file="app/contracts/problems.ts">{`
import { NewPost } from '~/contracts/inputs'

const given = { title: '   ', body: 'x'.repeat(20_001), admin: true }
export const { issues } = NewPost['~standard'].validate(given)
`}</Code>
      <Code output>{`
[
  { "message": "Fill this in.", "path": ["title"], "code": "required", "data": {} },
  { "message": "Use at most 20000 characters.", "path": ["body"], "code": "text.max", "data": { "max": 20000 } }
]
`}</Code>
      <p>
        Where an action or a query has the contract as its input, this is done before it runs, and people read the first
        text of each field beside it.
      </p>

      <h2>How text is read</h2>
      <p>
        Forms and URLs are text. What it stands for is read by the contract&rsquo;s JSON Schema, before anything is
        validated: empty is absent, or <code>null</code> where that is taken; digits are a number where one is wanted;{' '}
        <code>on</code>, <code>true</code> and <code>1</code> are yes. A checkbox of a form that is absent is{' '}
        <code>false</code>, unless nothing in the contract has to be there. A name that is there twice is a list, and a
        dot in it leads into an object. What the text does not fit stays text, so that validation says what is wrong.
      </p>
      <Code file="app/contracts/reading.ts">{`
import { array, boolean, decimal, integer, json, readText, schema, text, timestamp } from 'layer9/contracts'

const Order = schema({
  count: integer({ min: 1 }),
  price: decimal({ scale: 2 }),
  tags: array(text()),
  gift: boolean(),
  note: text().optional(),
  until: timestamp(),
  address: json(schema({ city: text() })),
  size: integer(),
})
const typed = 'count=3&price=12.5&tags=tea&tags=green&note=&until=2030-01-31T12:00&address.city=Bonn&size=large'

export const read = readText(Order, new URLSearchParams(typed), { from: 'form' })
`}</Code>
      <Code output>{`
{
  "count": 3,
  "price": "12.5",
  "tags": ["tea", "green"],
  "gift": false,
  "note": null,
  "until": "2030-01-31T12:00:00Z",
  "address": { "city": "Bonn" },
  "size": "large"
}
`}</Code>
      <p>
        Schemas of other libraries are read by the same rules where they give a JSON Schema; one that does not is{' '}
        <code>SCHEMA_NOT_READABLE</code>, with what to do for its library.
      </p>

      <h2>What a browser gets</h2>
      <p>
        Contracts are pure, so the build evaluates them, and code that runs in browsers gets of a contract what it names
        and nothing else of it. Nothing is to be done for that: it follows from how the code is written.
      </p>
      <Code file="app/components/TitleField.tsx">{`
import { useState } from 'layer9/components'
import { Post } from '~/contracts/post'

export function TitleField() {
  const [title, setTitle] = useState('')
  const { issues } = Post.fields.title['~standard'].validate(title)
  return (
    <label>
      {Post.fields.title.description.label}
      <input value={title} onInput={(event) => setTitle(event.currentTarget.value)} />
      {issues?.[0]?.message}
    </label>
  )
}
`}</Code>
      <p>
        What that costs, compressed, with <code>title</code> for <code>Post.fields.title</code>:
      </p>
      <table>
        <thead>
          <tr>
            <th>named</th>
            <th>sent</th>
            <th>about, in bytes</th>
          </tr>
        </thead>
        <tbody>
          {costs.map(([code, sent, bytes]) => (
            <tr key={code}>
              <td>
                <code>{code}</code>
              </td>
              <td>{sent}</td>
              <td>{bytes}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        So name the field, not the contract: of <code>fields[name]</code>, or of a contract that is handed on,
        everything may be meant. Types cost nothing; functions and constants beside a contract are sent as they are,
        where they are used; private columns, which <code>app/data</code> adds to an entity, are never sent. The schema
        of another library is that library&rsquo;s code, and so is a contract that has it in a field.
      </p>
      <p>
        What a contract is may therefore not depend on the environment, the clock or chance: reading them where a module
        of contracts is loaded is the error <code>CONTRACT_IMPURE</code>, with its line, in <code>layer9 build</code>,{' '}
        <code>layer9 check</code> and the browser&rsquo;s half of development. A function may read them when it is
        called.
      </p>

      <h2>Mistakes</h2>
      <p>
        A definition that cannot be meant is an error where it stands, with the value and a way out: a default that its
        own field refuses, limits that cross, two names that a database takes for one, a key that may be missing. All
        begin with <code>CONTRACT_</code> in the list of <a href="/errors">errors</a>.
      </p>
    </div>
  )
}
