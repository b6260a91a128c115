import type { Topic } from '~/contracts/post'
import { db } from '~/data/db'

const hour = 60 * 60 * 1000
const day = 24 * hour

const people = [
  { handle: 'ada', name: 'Ada Brandt', address: 'No. 9, third floor' },
  { handle: 'jonas', name: 'Jonas Okafor', address: 'No. 14, ground floor' },
  { handle: 'mirela', name: 'Mirela Ionescu', address: 'No. 22, garden house' },
  { handle: 'tomasz', name: 'Tomasz Wilk', address: 'No. 3, the bakery' },
  { handle: 'hanne', name: 'Hanne Lie', address: 'No. 17, second floor' },
  { handle: 'samir', name: 'Samir Haddad', address: 'No. 11, first floor' },
  { handle: 'lucy', name: 'Lucy Fairweather', address: 'No. 28, attic' },
] as const

type Handle = (typeof people)[number]['handle']

/** A notice that is on the board from the beginning. Comments are `[person, text]`, oldest first. */
interface Seed {
  topic: Topic
  author: Handle
  /** Days before the board is seeded. */
  days: number
  /** By how many of the others. */
  likes: number
  title: string
  body: string
  comments?: readonly (readonly [Handle, string])[]
}

/** Fills a board that has nobody yet, and leaves any other as it is. */
export default async function seed(): Promise<void> {
  if (await db.selectFrom('people').select('id').limit(1).executeTakeFirst()) return
  const rows = await db.insertInto('people').values(people).returning(['id', 'handle']).execute()
  const ids = new Map(rows.map(({ id, handle }) => [handle, id]))
  // Oldest first, so that ids, which sort in the order of making, agree with the dates.
  for (const post of notices.toReversed()) await putUp(post, ids)
}

async function putUp(
  { author, days, likes, comments = [], ...post }: Seed,
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const idOf = (handle: Handle): string => ids.get(handle)!
  const begin = Date.now() - days * day
  const { id } = await db
    .insertInto('posts')
    .values({ ...post, authorId: idOf(author), createdAt: new Date(begin) })
    .returning('id')
    .executeTakeFirstOrThrow()
  const others = people.filter(({ handle }) => handle !== author).slice(0, likes)
  if (others.length > 0)
    await db
      .insertInto('posts_likedBy')
      .values(others.map(({ handle }) => ({ posts: id, likedBy: idOf(handle) })))
      .execute()
  // Each follows two hours after the one before.
  const replies = comments.map(([handle, body], position) => ({
    postId: id,
    authorId: idOf(handle),
    body,
    createdAt: new Date(begin + (position + 1) * 2 * hour),
  }))
  if (replies.length > 0) await db.insertInto('comments').values(replies).execute()
}

const notices: readonly Seed[] = [
  {
    topic: 'events',
    author: 'tomasz',
    days: 0.3,
    likes: 4,
    title: 'Soup on the pavement, Saturday from noon',
    body: 'We are testing the new oven and there will be far too much bread. I will put the long table out in front of No. 3 and make two pots of soup, one with barley and one without.\n\nBring a bowl and something to sit on. If it rains we move into the archway.',
    comments: [
      ['hanne', 'I can bring the folding benches from the choir. Six of them fit in the archway, I have tried.'],
      ['ada', 'Count me in for stirring. Is the one without barley also without celery? Asking for Emil.'],
      ['tomasz', 'No celery in either. Emil is safe.'],
    ],
  },
  {
    topic: 'lend',
    author: 'jonas',
    days: 0.9,
    likes: 2,
    title: 'Tall ladder, 5 rungs past the second floor',
    body: 'After the gutter I have no more use for the ladder this year, so it can live with whoever needs it. It hangs in the passage behind No. 14; the key is with me.\n\nPlease do not lend it on without telling me. Last time it came back from two streets away with a coat of green paint.',
    comments: [['mirela', 'The green paint was me. In my defence, the pear tree looks splendid.']],
  },
  {
    topic: 'found',
    author: 'lucy',
    days: 1.4,
    likes: 2,
    title: 'Grey tabby on our roof terrace, very sure of himself',
    body: 'He arrives at seven, inspects the tomatoes and leaves before nine. No collar, white left paw, answers to nothing. He is well fed, so I suspect that somebody calls this “his morning walk”. If he is yours: he is fine, and he has opinions about basil.',
    comments: [
      ['samir', 'That is Minister, from No. 11. He is not lost, he is on tour.'],
      ['lucy', 'Of course that is his name.'],
    ],
  },
  {
    topic: 'questions',
    author: 'hanne',
    days: 2.1,
    likes: 1,
    title: 'Does anyone else hear the humming at night?',
    body: 'Between two and four, a low note, somewhere around a B flat. It is not the fridge; I have switched it off to be sure and lost a lasagne to the experiment.\n\nWe at No. 17 hear it best in the stairwell. If you hear it too, write down the time. I would like to have three nights before I call the waterworks.',
    comments: [
      ['ada', 'Yes! 2:40 on Tuesday, third floor. I thought it was my own ears.'],
      ['jonas', 'There is a transformer behind the garages. It was replaced in spring. I would start there.'],
      ['hanne', 'That would explain why it stops when the street lights go off. Thank you, Jonas.'],
    ],
  },
  {
    topic: 'offers',
    author: 'mirela',
    days: 2.8,
    likes: 3,
    title: 'Forty tomato seedlings need a balcony',
    body: 'I sowed for a family of twelve and remembered in April that we are two. Black Krim, San Marzano, and a yellow one whose label the slugs ate. They stand in the crate by the gate of No. 22. Take as many as you have sun for.\n\nPay in tomatoes, in August.',
    comments: [
      ['lucy', 'Took four of the unlabelled ones. I like a mystery.'],
      ['samir', 'Two Black Krim moved to No. 11. They have been introduced to Minister.'],
    ],
  },
  {
    topic: 'lend',
    author: 'ada',
    days: 3.6,
    likes: 1,
    title: 'Looking for a sewing machine for one weekend',
    body: 'The curtains arrived forty centimetres too long and I have promised to have them up before my mother visits. I can thread a machine and will return it oiled. In exchange: the shorter curtains of the people before us, which are exactly the right length for a doll.',
    comments: [['mirela', 'Mine is free from Friday. Mind the pedal, it only knows on and off.']],
  },
  {
    topic: 'events',
    author: 'samir',
    days: 4.2,
    likes: 5,
    title: 'Bicycle evening in the courtyard of No. 11',
    body: 'Last Thursday of the month, from six until it is dark. I have a stand, a decent set of keys and a box of inner tubes at cost. You bring the bicycle and hold the lamp.\n\nWe fix brakes, gears and whatever squeaks. We do not fix electric motors any more; the man who knew how has moved to Bergen.',
  },
  {
    topic: 'questions',
    author: 'lucy',
    days: 5.5,
    likes: 2,
    title: 'Who has the spare key to the drying room?',
    body: 'The list in the hall says No. 28, which is me, and I do not have it. The list before that says “ask Rolf”. Does anybody remember Rolf?',
    comments: [
      ['jonas', 'Rolf moved out in 2019. The key was on a hook behind the boiler, red tag.'],
      ['lucy', 'Found it. The tag says “Rolf”.'],
    ],
  },
  {
    topic: 'offers',
    author: 'hanne',
    days: 6.3,
    likes: 1,
    title: 'Upright piano, one sticking key, four strong people',
    body: 'It is a good instrument that has to go before the floor is done. Everything plays but the F sharp above middle C, which can be had with patience. It is on the second floor and it is exactly as heavy as it looks. The choir lends straps.',
  },
  {
    topic: 'found',
    author: 'jonas',
    days: 7.7,
    likes: 1,
    title: 'Child’s left glove, blue, with a whale',
    body: 'Found by the bench at the corner. It hangs on the fence of No. 14 so that the other one can find it.',
    comments: [['ada', 'The right one is ours! We passed the fence three times. Thank you.']],
  },
  {
    topic: 'events',
    author: 'hanne',
    days: 8.4,
    likes: 3,
    title: 'The choir is short of two tenors',
    body: 'We rehearse on Mondays at eight in the parish hall. You do not have to read music, you have to be able to stand next to Walter. The winter programme has a Distler that is worth every evening of it.',
    comments: [['tomasz', 'I get up at three. Does Walter sing at five in the afternoon as well?']],
  },
  {
    topic: 'questions',
    author: 'mirela',
    days: 9.1,
    likes: 2,
    title: 'Can we plant around the lindens?',
    body: 'The squares around the trees are bare since the works. The city says that residents may plant them if somebody signs for each square and nothing is dug deeper than a hand.\n\nI have seeds for six squares and would sign for two. Who takes one?',
    comments: [
      ['samir', 'The one in front of No. 11. Minister will supervise.'],
      ['tomasz', 'The bakery takes the corner. I can water it before anyone else is awake.'],
      ['lucy', 'I will take one if it may be poppies.'],
    ],
  },
  {
    topic: 'lend',
    author: 'samir',
    days: 10.6,
    likes: 2,
    title: 'Cargo bicycle, by the half day',
    body: 'The long one with the wooden box. It carries a washing machine or three children, not both. Write here which half day you want; the key is in the letter box with the fish on it. Pump the front tyre before you leave.',
  },
  {
    topic: 'offers',
    author: 'tomasz',
    days: 11.2,
    likes: 6,
    title: 'Yesterday’s bread, every day at half past six',
    body: 'What is left in the evening stands in the crate beside the door, in paper bags. It is free and nobody needs to explain. Please leave the crate, it is the fourth one this year.',
    comments: [
      ['hanne', 'The choir has eaten your rye for two winters. You should know that it is in the programme notes.'],
    ],
  },
  {
    topic: 'found',
    author: 'ada',
    days: 12.9,
    likes: 1,
    title: 'A drone, in our window box',
    body: 'Small, black, one propeller gone. It broke two geraniums and I would like to talk to its pilot about them, kindly.',
    comments: [['jonas', 'My nephew is writing you a letter. It is a long letter. He has drawn the geraniums.']],
  },
  {
    topic: 'events',
    author: 'lucy',
    days: 14.3,
    likes: 4,
    title: 'Films against a white wall',
    body: 'The firewall of No. 26 is white again and I own a projector. Every second Friday in summer, once it is dark enough, with subtitles for the trams. First film: something short and something with a train. Suggestions below, cushions from home.',
    comments: [
      ['mirela', 'The General. It is short enough and it is all train.'],
      ['samir', 'Seconded.'],
    ],
  },
  {
    topic: 'questions',
    author: 'jonas',
    days: 15.8,
    likes: 1,
    title: 'A dentist who explains what they are doing',
    body: 'Mine has retired. I am not afraid, I only like to know. Any recommendation within walking distance is welcome.',
  },
  {
    topic: 'lend',
    author: 'hanne',
    days: 17.4,
    likes: 1,
    title: 'Thirty wine glasses, for feasts',
    body: 'They belong to the choir and are used four times a year. Boxes of six, washed by hand please. One has a chip and is called Walter.',
  },
  {
    topic: 'offers',
    author: 'jonas',
    days: 19,
    likes: 1,
    title: 'Moving boxes, two dozen, folded once',
    body: 'In the passage behind No. 14, under the ladder. Some say “kitchen” and one says “do not open”. That one is empty, we checked.',
  },
  {
    topic: 'questions',
    author: 'samir',
    days: 21.7,
    likes: 3,
    title: 'Shall we ask for a tram shelter?',
    body: 'The stop at the corner has a pole and a puddle. The transport office decides about shelters in October and counts letters, not signatures. I have written one that you may borrow from; it is polite and has a photograph of the puddle.',
    comments: [['ada', 'Mine is in the post. I measured the puddle for you: 3.2 metres.']],
  },
]
