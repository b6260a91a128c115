// Twenty questions of growing difficulty, each asked twice: through `db`, and as SQL that somebody wrote by hand for the
// original.
import { sql } from 'kysely'
import { paginate } from '../../src/3-data/cursor.ts'
import { many, one, withRelations } from '../../src/3-data/relations.ts'
import type { Chinook } from './load.ts'
import type { Hand, Row } from './original.ts'

/** A question. */
export interface Question {
  readonly title: string
  readonly ask: (db: Chinook) => Promise<Row[]>
  readonly sql: (hand: Hand) => string
}

const dayOf = (moment: Date | null): string | undefined => moment?.toISOString().slice(0, 10)

/** The first day of a year. */
const year = (number: number): Date => new Date(`${number}-01-01T00:00:00Z`)

const simple: Question[] = [
  {
    title: 'a condition, an order, a limit',
    ask: async (db) =>
      await db
        .selectFrom('tracks')
        .select(['id', 'name', 'unitPrice as price'])
        .where('milliseconds', '>', 300_000)
        .where('composer', 'like', '%Page%')
        .orderBy('milliseconds', 'desc')
        .orderBy('id')
        .limit(15)
        .execute(),
    sql: ({ money }) => `select track_id as id, name, ${money('unit_price')} as price from track
      where milliseconds > 300000 and composer like '%Page%' order by milliseconds desc, track_id limit 15`,
  },
  {
    title: 'a join of four tables',
    ask: async (db) =>
      await db
        .selectFrom('tracks')
        .innerJoin('albums', 'albums.id', 'tracks.albumId')
        .innerJoin('artists', 'artists.id', 'albums.artistId')
        .leftJoin('genres', 'genres.id', 'tracks.genreId')
        .select(['artists.name as artist', 'albums.title', 'tracks.name', 'genres.name as genre'])
        .where('genres.name', 'in', ['Jazz', 'Blues', 'Bossa Nova'])
        .orderBy('artist')
        .orderBy('title')
        .orderBy('tracks.id')
        .execute(),
    sql: ({ bytes }) => `select artist.name as artist, album.title, track.name, genre.name as genre from track
      join album on album.album_id = track.album_id join artist on artist.artist_id = album.artist_id
      left join genre on genre.genre_id = track.genre_id where genre.name in ('Jazz', 'Blues', 'Bossa Nova')
      order by ${bytes('artist.name')}, ${bytes('album.title')}, track.track_id`,
  },
  {
    title: 'rows that nothing belongs to',
    ask: async (db) =>
      await db
        .selectFrom('artists')
        .leftJoin('albums', 'albums.artistId', 'artists.id')
        .select('artists.name')
        .where('albums.id', 'is', null)
        .orderBy('artists.name', 'desc')
        .execute(),
    sql: ({ bytes }) => `select artist.name from artist left join album on album.artist_id = artist.artist_id
      where album.album_id is null order by ${bytes('artist.name')} desc`,
  },
  {
    title: 'counts of groups, empty ones too',
    ask: async (db) =>
      await db
        .selectFrom('media_types')
        .leftJoin('tracks', 'tracks.mediaTypeId', 'media_types.id')
        .select(({ fn }) => [
          'media_types.name',
          fn.count<number>('tracks.id').as('tracks'),
          fn.count<number>('tracks.genreId').distinct().as('genres'),
          fn.max('tracks.milliseconds').as('longest'),
        ])
        .groupBy(['media_types.id', 'media_types.name'])
        .orderBy('tracks', 'desc')
        .orderBy('media_types.name')
        .execute(),
    sql: ({ bytes }) => `select m.name, count(t.track_id) as tracks, count(distinct t.genre_id) as genres,
      max(t.milliseconds) as longest from media_type m left join track t on t.media_type_id = m.media_type_id
      group by m.media_type_id, m.name order by 2 desc, ${bytes('m.name')}`,
  },
  {
    title: 'sums and averages of money, of groups that have enough of it',
    ask: async (db) =>
      await db
        .selectFrom('invoices')
        .select(({ fn }) => [
          'billingCountry as country',
          fn.sum<string>('total').as('revenue'),
          fn.avg<string>('total').as('average'),
        ])
        .groupBy('billingCountry')
        .having(({ fn }) => fn.sum('total'), '>=', '75.26')
        .orderBy(({ fn }) => fn.sum('total'), 'desc')
        .orderBy('billingCountry')
        .execute(),
    sql: ({ money, bytes }) => `select billing_country as country, ${money('sum(total)')} as revenue,
      ${money('avg(total)')} as average from invoice group by billing_country
      having round(cast(sum(total) as numeric), 2) >= 75.26
      order by round(cast(sum(total) as numeric), 2) desc, ${bytes('billing_country')}`,
  },
  {
    title: 'cases',
    ask: async (db) =>
      await db
        .selectFrom('tracks')
        .select((eb) => [
          eb
            .case()
            .when('milliseconds', '<', 180_000)
            .then('short')
            .when(eb.between('milliseconds', 180_000, 600_000))
            .then('usual')
            .else('long')
            .end()
            .as('length'),
          eb.fn.countAll<number>().as('tracks'),
          eb.fn.countAll<number>().filterWhere('composer', 'is', null).as('unsigned'),
        ])
        .groupBy('length')
        .orderBy('length')
        .execute(),
    sql: () => `select case when milliseconds < 180000 then 'short' when milliseconds between 180000 and 600000
      then 'usual' else 'long' end as length, count(*) as tracks, count(*) filter (where composer is null) as unsigned
      from track group by 1 order by 1`,
  },
]

const nested: Question[] = [
  {
    title: 'more than the average',
    ask: async (db) =>
      await db
        .selectFrom('invoices')
        .select(['id', 'total'])
        .where('total', '>', (eb) =>
          eb.selectFrom('invoices').select(({ fn }) => fn.avg<string>('total').as('average')),
        )
        .where('billingCountry', '=', 'Germany')
        .orderBy('total', 'desc')
        .orderBy('id')
        .execute(),
    sql: ({ money }) => `select invoice_id as id, ${money('total')} as total from invoice
      where total > (select avg(total) from invoice) and billing_country = 'Germany' order by invoice.total desc, 1`,
  },
  {
    title: 'what exists not',
    ask: async (db) =>
      await db
        .selectFrom('tracks')
        .innerJoin('genres', 'genres.id', 'tracks.genreId')
        .select(({ fn }) => ['genres.name as genre', fn.countAll<number>().as('unsold')])
        .where(({ not, exists, selectFrom }) =>
          not(exists(selectFrom('invoice_lines').select('id').whereRef('trackId', '=', 'tracks.id'))),
        )
        .groupBy('genres.name')
        .orderBy('unsold', 'desc')
        .orderBy('genre')
        .limit(10)
        .execute(),
    sql: ({ bytes }) => `select genre.name as genre, count(*) as unsold from track
      join genre on genre.genre_id = track.genre_id
      where not exists (select 1 from invoice_line l where l.track_id = track.track_id)
      group by genre.name order by 2 desc, ${bytes('genre.name')} limit 10`,
  },
  {
    title: 'keys among those of another query',
    ask: async (db) =>
      await db
        .selectFrom('customers')
        .select(['firstName', 'lastName', 'country'])
        .where('id', 'in', (eb) =>
          eb
            .selectFrom('invoices')
            .innerJoin('invoice_lines', 'invoice_lines.invoiceId', 'invoices.id')
            .innerJoin('tracks', 'tracks.id', 'invoice_lines.trackId')
            .innerJoin('genres', 'genres.id', 'tracks.genreId')
            .select('invoices.customerId')
            .where('genres.name', '=', 'Classical'),
        )
        .orderBy('lastName')
        .execute(),
    sql: ({ bytes }) => `select first_name as "firstName", last_name as "lastName", country from customer
      where customer_id in (select i.customer_id from invoice i join invoice_line l on l.invoice_id = i.invoice_id
        join track t on t.track_id = l.track_id join genre g on g.genre_id = t.genre_id where g.name = 'Classical')
      order by ${bytes('last_name')}`,
  },
  {
    title: 'a query for each row',
    ask: async (db) =>
      await db
        .selectFrom('employees')
        .select((eb) => [
          'employees.lastName',
          eb
            .selectFrom('customers')
            .whereRef('supportRepId', '=', 'employees.id')
            .select(({ fn }) => fn.countAll<number>().as('count'))
            .as('customers'),
          eb
            .selectFrom('invoices')
            .innerJoin('customers', 'customers.id', 'invoices.customerId')
            .whereRef('customers.supportRepId', '=', 'employees.id')
            .select(({ fn }) => fn.coalesce(fn.sum('invoices.total'), sql.lit(0)).as('sum'))
            .as('sold'),
        ])
        .orderBy('employees.id')
        .execute(),
    sql: ({ money }) => `select e.last_name as "lastName",
      (select count(*) from customer c where c.support_rep_id = e.employee_id) as customers,
      (select ${money('coalesce(sum(i.total), 0)')} from invoice i join customer c on c.customer_id = i.customer_id
        where c.support_rep_id = e.employee_id) as sold from employee e order by e.employee_id`,
  },
  {
    title: 'a union',
    ask: async (db) =>
      await db
        .selectFrom('customers')
        .select(['city', 'country'])
        .union(db.selectFrom('employees').select(['city', 'country']))
        .union(db.selectFrom('invoices').select(['billingCity as city', 'billingCountry as country']))
        .orderBy('country')
        .orderBy('city')
        .execute(),
    sql: ({ bytes }) => `select city, country from (select city, country from customer union
      select city, country from employee union select billing_city, billing_country from invoice) as places
      order by ${bytes('country')}, ${bytes('city')}`,
  },
  {
    title: 'one playlist without another',
    ask: async (db) => {
      const inPlaylist = (name: string) =>
        db
          .selectFrom('playlists')
          .innerJoin('playlists_tracks', 'playlists_tracks.playlists', 'playlists.id')
          .innerJoin('tracks', 'tracks.id', 'playlists_tracks.tracks')
          .select('tracks.name')
          .where('playlists.name', '=', name)
      return await inPlaylist('90’s Music')
        .except(inPlaylist('Heavy Metal Classic'))
        .orderBy('name')
        .limit(50)
        .execute()
    },
    sql: ({ bytes }) => {
      const inPlaylist = (name: string) => `select t.name from playlist p
        join playlist_track pt on pt.playlist_id = p.playlist_id join track t on t.track_id = pt.track_id
        where p.name = '${name}'`
      return `select name from (${inPlaylist('90’s Music')} except ${inPlaylist('Heavy Metal Classic')}) as names
        order by ${bytes('name')} limit 50`
    },
  },
]

const hard: Question[] = [
  {
    title: 'windows',
    ask: async (db) =>
      (
        await db
          .selectFrom('invoices')
          .select(({ fn }) => [
            'customerId as customer',
            'invoiceDate',
            fn
              .agg<number>('row_number')
              .over((over) => over.partitionBy('customerId').orderBy('invoiceDate'))
              .as('place'),
            fn
              .sum<string>('total')
              .over((over) => over.partitionBy('customerId').orderBy('invoiceDate'))
              .as('until'),
            fn
              .agg<string | null>('lag', ['total'])
              .over((over) => over.partitionBy('customerId').orderBy('invoiceDate'))
              .as('before'),
          ])
          .where('customerId', '<', 10)
          .orderBy('customerId')
          .orderBy('invoiceDate')
          .execute()
      ).map(({ invoiceDate, ...row }) => ({ ...row, day: dayOf(invoiceDate) })),
    sql: ({ money, day }) => {
      const over = 'over (partition by customer_id order by invoice_date)'
      return `select customer_id as customer, row_number() ${over} as place, ${money(`sum(total) ${over}`)} as until,
        case when lag(total) ${over} is null then null else ${money(`lag(total) ${over}`)} end as before,
        ${day('invoice_date')} as day from invoice where customer_id < 10 order by customer_id, invoice_date`
    },
  },
  {
    title: 'the three best of each group',
    ask: async (db) =>
      await db
        .with('sold', (cte) =>
          cte
            .selectFrom('invoice_lines')
            .innerJoin('tracks', 'tracks.id', 'invoice_lines.trackId')
            .innerJoin('albums', 'albums.id', 'tracks.albumId')
            .select(({ fn }) => ['albums.artistId', 'tracks.genreId', fn.sum<number>('quantity').as('count')])
            .groupBy(['albums.artistId', 'tracks.genreId']),
        )
        .with('ranked', (cte) =>
          cte
            .selectFrom('sold')
            .selectAll()
            .select(({ fn }) =>
              fn
                .agg<number>('row_number')
                .over((over) => over.partitionBy('genreId').orderBy('count', 'desc').orderBy('artistId'))
                .as('place'),
            ),
        )
        .selectFrom('ranked')
        .innerJoin('genres', 'genres.id', 'ranked.genreId')
        .innerJoin('artists', 'artists.id', 'ranked.artistId')
        .select(['genres.name as genre', 'place', 'artists.name as artist', 'count'])
        .where('place', '<=', 3)
        .orderBy('genre')
        .orderBy('place')
        .execute(),
    sql: ({ bytes }) => `with sold as (select a.artist_id, t.genre_id, sum(l.quantity) as count from invoice_line l
        join track t on t.track_id = l.track_id join album a on a.album_id = t.album_id group by 1, 2),
      ranked as (select sold.*, row_number() over (partition by genre_id order by count desc, artist_id) as place from sold)
      select g.name as genre, place, ar.name as artist, count from ranked
      join genre g on g.genre_id = ranked.genre_id join artist ar on ar.artist_id = ranked.artist_id
      where place <= 3 order by ${bytes('g.name')}, place`,
  },
  {
    title: 'the way down to every employee, however deep',
    ask: async (db) =>
      await db
        .withRecursive('chain', (cte) =>
          cte
            .selectFrom('employees')
            .select((eb) => ['id', 'lastName as way', eb.lit<number>(0).as('depth')])
            .where('reportsTo', 'is', null)
            .unionAll(
              cte
                .selectFrom('employees')
                .innerJoin('chain', 'chain.id', 'employees.reportsTo')
                .select('employees.id')
                .select((eb) => [
                  eb('chain.way', '||', eb(eb.val(' > '), '||', eb.ref('employees.lastName'))).as('way'),
                  eb('chain.depth', '+', 1).as('depth'),
                ]),
            ),
        )
        .selectFrom('chain')
        .select(['way', 'depth'])
        .orderBy('way')
        .execute(),
    sql: ({
      bytes,
    }) => `with recursive chain as (select employee_id, cast(last_name as text) as way, 0 as depth from employee
      where reports_to is null union all select e.employee_id, chain.way || ' > ' || e.last_name, chain.depth + 1
      from employee e join chain on chain.employee_id = e.reports_to)
      select way, depth from chain order by ${bytes('way')}`,
  },
  {
    title: 'relations of relations',
    ask: async (db) => {
      const tracks = db.selectFrom('tracks').select(['tracks.name', 'genreId']).orderBy('tracks.id')
      const genre = one(db.selectFrom('genres').select('genres.name'), { from: 'genreId' })
      const albums = db.selectFrom('albums').select(['albums.id', 'title']).orderBy('albums.id')
      const artists = await withRelations(
        db.selectFrom('artists').select(['id', 'name']).where('name', 'like', 'The %').orderBy('id'),
        {
          albums: many(albums, { to: 'artistId', with: { tracks: many(tracks, { to: 'albumId', with: { genre } }) } }),
        },
      )
      return artists.flatMap(({ name: artist, albums }) =>
        albums.flatMap(({ title, tracks }) =>
          tracks.map(({ name, genre }) => ({ artist, title, name, genre: genre?.name ?? null })),
        ),
      )
    },
    sql: () => `select ar.name as artist, a.title, t.name, g.name as genre from artist ar
      join album a on a.artist_id = ar.artist_id join track t on t.album_id = a.album_id
      left join genre g on g.genre_id = t.genre_id where ar.name like 'The %' order by ar.artist_id, a.album_id, t.track_id`,
  },
  {
    title: 'all pages by cursor, over values that are equal and such that are missing',
    ask: async (db) => {
      const query = db.selectFrom('tracks').select(['id', 'composer']).where('genreId', '=', 1)
      const rows: Row[] = []
      for (let after: string | undefined, isFirst = true; isFirst || after !== undefined; isFirst = false) {
        const page = await paginate(query, { orderBy: [['composer', 'desc'], ['id']], size: 100, after })
        rows.push(...page.rows)
        after = page.next
      }
      return rows
    },
    sql: ({ bytes }) => `select track_id as id, composer from track where genre_id = 1
      order by ${bytes('composer')} desc nulls last, track_id`,
  },
  {
    title: 'moments: first and last ones, of a span of time',
    ask: async (db) =>
      (
        await db
          .selectFrom('invoices')
          .innerJoin('customers', 'customers.id', 'invoices.customerId')
          .select(({ fn }) => [
            'customers.lastName',
            fn.min('invoiceDate').as('first'),
            fn.max('invoiceDate').as('last'),
            fn.countAll<number>().as('invoices'),
          ])
          .where('invoiceDate', '>=', year(2022))
          .where('invoiceDate', '<', year(2025))
          .groupBy(['customers.id', 'customers.lastName'])
          .having(({ fn }) => fn.max('invoiceDate'), '>', new Date('2024-09-15T12:00:00Z'))
          .orderBy('first')
          .orderBy('customers.id')
          .execute()
      ).map((row) => ({ ...row, first: dayOf(row.first), last: dayOf(row.last) })),
    sql: ({ day }) => `select c.last_name as "lastName", ${day('min(i.invoice_date)')} as first,
      ${day('max(i.invoice_date)')} as last, count(*) as invoices from invoice i
      join customer c on c.customer_id = i.customer_id
      where i.invoice_date >= '2022-01-01 00:00:00' and i.invoice_date < '2025-01-01 00:00:00'
      group by c.customer_id, c.last_name having max(i.invoice_date) > '2024-09-15 12:00:00'
      order by 2, c.customer_id`,
  },
  {
    title: 'years beside each other',
    ask: async (db) =>
      await db
        .selectFrom('invoice_lines')
        .innerJoin('invoices', 'invoices.id', 'invoice_lines.invoiceId')
        .innerJoin('tracks', 'tracks.id', 'invoice_lines.trackId')
        .innerJoin('genres', 'genres.id', 'tracks.genreId')
        .select((eb) => [
          'genres.name as genre',
          ...[2021, 2022, 2023].map((one) =>
            eb.fn
              .sum<string>(eb('quantity', '*', eb.ref('invoice_lines.unitPrice').$castTo<number>()))
              .filterWhere('invoiceDate', '>=', year(one))
              .filterWhere('invoiceDate', '<', year(one + 1))
              .as(`y${one}`),
          ),
        ])
        .groupBy('genres.name')
        .orderBy('genre')
        .execute(),
    sql: ({ money, bytes }) => {
      const sum = (one: number) => {
        const amount = `sum(l.unit_price * l.quantity) filter (where i.invoice_date >= '${one}-01-01 00:00:00'
          and i.invoice_date < '${one + 1}-01-01 00:00:00')`
        return `case when ${amount} is null then null else ${money(amount)} end as y${one}`
      }
      return `select g.name as genre, ${[2021, 2022, 2023].map(sum).join()} from invoice_line l
        join invoice i on i.invoice_id = l.invoice_id join track t on t.track_id = l.track_id
        join genre g on g.genre_id = t.genre_id group by g.name order by ${bytes('g.name')}`
    },
  },
  {
    title: 'pairs that have much in common',
    ask: async (db) =>
      await db
        .selectFrom('playlists_tracks as one')
        .innerJoin('playlists_tracks as other', (join) =>
          join.onRef('other.tracks', '=', 'one.tracks').onRef('other.playlists', '>', 'one.playlists'),
        )
        .innerJoin('playlists as a', 'a.id', 'one.playlists')
        .innerJoin('playlists as b', 'b.id', 'other.playlists')
        .innerJoin('tracks', 'tracks.id', 'one.tracks')
        .select(({ fn }) => [
          'a.id as one',
          'b.id as other',
          'b.name',
          fn.countAll<number>().as('tracks'),
          fn.sum<string>('tracks.unitPrice').as('worth'),
        ])
        .groupBy(['a.id', 'b.id', 'b.name'])
        .having(({ fn }) => fn.countAll(), '>', 20)
        .orderBy('tracks', 'desc')
        .orderBy('one')
        .orderBy('other')
        .execute(),
    sql: ({ money }) => `select x.playlist_id as one, y.playlist_id as other, p.name, count(*) as tracks,
      ${money('sum(t.unit_price)')} as worth from playlist_track x
      join playlist_track y on y.track_id = x.track_id and y.playlist_id > x.playlist_id
      join playlist p on p.playlist_id = y.playlist_id join track t on t.track_id = x.track_id
      group by x.playlist_id, y.playlist_id, p.name having count(*) > 20 order by 4 desc, 1, 2`,
  },
]

/** All of them. */
export const questions: readonly Question[] = [...simple, ...nested, ...hard]
