import { NotFound } from 'layer9/contracts'
import type { Person } from '~/contracts/person'

const people: readonly Person[] = [
  { id: 'ada', name: 'Ada Brandt', address: 'No. 9, third floor' },
  { id: 'jonas', name: 'Jonas Okafor', address: 'No. 14, ground floor' },
  { id: 'mirela', name: 'Mirela Ionescu', address: 'No. 22, garden house' },
  { id: 'tomasz', name: 'Tomasz Wilk', address: 'No. 3, the bakery' },
  { id: 'hanne', name: 'Hanne Lie', address: 'No. 17, second floor' },
  { id: 'samir', name: 'Samir Haddad', address: 'No. 11, first floor' },
  { id: 'lucy', name: 'Lucy Fairweather', address: 'No. 28, attic' },
]

/** The neighbours that a visitor of the demo may be. */
export const demoPeople = (): Person[] => people.slice(0, 3)

/** @throws NotFound when nobody has this id */
export function getPerson(id: string): Person {
  const person = people.find((each) => each.id === id)
  if (!person) throw new NotFound('person')
  return person
}
