// The eleven tables of Chinook as entities: keys that are numbers, an employee who reports to another, playlists of
// tracks, exact money.
import {
  date,
  decimal,
  email,
  entity,
  integer,
  reference,
  references,
  text,
  timestamp,
} from '../../src/1-contracts/index.ts'
import { table } from '../../src/3-data/table.ts'

const key = integer()
const to = (name: string) => reference(name, { key })
const byId = { key: ['id'] } as const
const named = { id: key, name: text({ max: 200 }) }
const money = () => decimal({ scale: 2, min: '0' })

/** Where somebody can be reached. */
const contact = {
  address: text({ max: 70 }).optional(),
  city: text({ max: 40 }).optional(),
  state: text({ max: 40 }).optional(),
  country: text({ max: 40 }).optional(),
  postalCode: text({ max: 10 }).optional(),
  phone: text({ max: 24 }).optional(),
  fax: text({ max: 24 }).optional(),
}

const Artist = entity('artists', named, byId)
const Album = entity('albums', { id: key, title: text({ max: 160 }), artistId: to('artists') }, byId)
const Genre = entity('genres', named, byId)
const MediaType = entity('media_types', named, byId)
const Track = entity(
  'tracks',
  {
    ...named,
    albumId: to('albums').optional(),
    mediaTypeId: to('media_types'),
    genreId: to('genres').optional(),
    composer: text({ max: 220 }).optional(),
    milliseconds: integer({ min: 0 }),
    bytes: integer({ min: 0 }).optional(),
    unitPrice: money(),
  },
  byId,
)
const Playlist = entity('playlists', { ...named, tracks: references('tracks', { key }) }, byId)
const Employee = entity(
  'employees',
  {
    id: key,
    lastName: text({ max: 20 }),
    firstName: text({ max: 20 }),
    title: text({ max: 30 }).optional(),
    reportsTo: to('employees').optional(),
    birthDate: date().optional(),
    hireDate: date().optional(),
    ...contact,
    email: email().optional(),
  },
  byId,
)
const Customer = entity(
  'customers',
  {
    id: key,
    firstName: text({ max: 40 }),
    lastName: text({ max: 20 }),
    company: text({ max: 80 }).optional(),
    ...contact,
    email: email(),
    supportRepId: to('employees').optional(),
  },
  byId,
)
const Invoice = entity(
  'invoices',
  {
    id: key,
    customerId: to('customers'),
    invoiceDate: timestamp(),
    billingAddress: text({ max: 70 }).optional(),
    billingCity: text({ max: 40 }).optional(),
    billingState: text({ max: 40 }).optional(),
    billingCountry: text({ max: 40 }).optional(),
    billingPostalCode: text({ max: 10 }).optional(),
    total: money(),
  },
  byId,
)
const InvoiceLine = entity(
  'invoice_lines',
  { id: key, invoiceId: to('invoices'), trackId: to('tracks'), unitPrice: money(), quantity: integer({ min: 1 }) },
  byId,
)

/** What `database()` is given. The eleventh table, `playlists_tracks`, is made of the playlists' references. */
export const tables = {
  artists: table(Artist),
  albums: table(Album, { index: [['title']] }),
  genres: table(Genre),
  media_types: table(MediaType),
  tracks: table(Track, { index: [['name']] }),
  playlists: table(Playlist),
  employees: table(Employee),
  customers: table(Customer, { index: [['country']] }),
  invoices: table(Invoice, { index: [['invoiceDate']] }),
  invoice_lines: table(InvoiceLine),
}
