const long = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
const month = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' })

/** A day in words: 4 March 2026. */
export const PostDate = ({ date }: { date: Date }) => <time datetime={date.toISOString()}>{long.format(date)}</time>

/** A day as a leaf of a calendar. */
export const DateLeaf = ({ date }: { date: Date }) => (
  <time class="leaf" datetime={date.toISOString()}>
    <span class="leaf-day">{date.getUTCDate()}</span>
    <span class="leaf-month">{month.format(date)}</span>
  </time>
)
