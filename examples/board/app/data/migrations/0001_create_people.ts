import { id, oneOf, reference, text, timestamp } from 'layer9/contracts'
import { migration } from 'layer9/data'

export default migration({
  up: (change) => {
    change.createTable('people', {
      id: id(),
      handle: text().unique(),
      name: text(),
      address: text(),
    })
    change.createTable('posts', {
      id: id(),
      authorId: reference('people', { onDelete: 'cascade' }),
      topic: oneOf('events', 'lend', 'found', 'offers', 'questions'),
      title: text(),
      body: text(),
      createdAt: timestamp().default('now'),
    })
    change.createTable('comments', {
      id: id(),
      postId: reference('posts', { onDelete: 'cascade' }),
      authorId: reference('people', { onDelete: 'cascade' }),
      body: text(),
      createdAt: timestamp().default('now'),
    })
    change.createTable('sessions', {
      id: id(),
      tokenHash: text().unique(),
      personId: reference('people', { onDelete: 'cascade' }),
      createdAt: timestamp().default('now'),
    })
    change.createJoin('posts', 'likedBy', { to: 'people' })
    change.addIndex('posts', ['createdAt'])
    change.addIndex('posts', ['topic', 'createdAt'])
    change.addIndex('posts', ['authorId'])
    change.addSearch('posts', ['title', 'body'])
    change.addIndex('comments', ['postId', 'createdAt'])
    change.addIndex('comments', ['authorId'])
    change.addIndex('sessions', ['personId'])
  },
  down: (change) => {
    // Loses data: the pairs of "likedBy" of "posts".
    change.dropJoin('posts', 'likedBy', { losesData: true })
    // Loses data: all rows of "sessions".
    change.dropTable('sessions', { losesData: true })
    // Loses data: all rows of "comments".
    change.dropTable('comments', { losesData: true })
    // Loses data: all rows of "posts".
    change.dropTable('posts', { losesData: true })
    // Loses data: all rows of "people".
    change.dropTable('people', { losesData: true })
  },
})
