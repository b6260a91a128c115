// What the inspector in the browser and the development server say to each other. Types alone.

/** What a page asks about an element. */
export interface InspectorQuestion {
  /** Told again in the answer: by then another element may be pointed at. */
  readonly id: number
  readonly tag: string
  /** Where it is written, `app/components/Counter.tsx:12:5`; null outside of all that the app wrote. */
  readonly place: string | null
  /** False: the place is that of the nearest element around which has one. */
  readonly isOwn: boolean
  /** The root that it is in. */
  readonly root: InspectedRoot | null
  /** It is in a slot of the root: the server alone renders it. */
  readonly inSlot: boolean
}

/** A root as the page knows it. */
export interface InspectedRoot {
  /** Project path of its module. */
  readonly module: string
  /** The binding there. */
  readonly name: string
  /** What it waits for, if it does not start with the page. */
  readonly start: string | null
  /** Bytes of its props as they stand in the document, uncompressed. */
  readonly props: number
  /** The prop that is most of them. */
  readonly largest: { readonly name: string; readonly bytes: number } | null
}

/** What the server tells. */
export interface InspectorAnswer {
  readonly id: number
  /** The component's name. */
  readonly title: string
  /** What each is called, and what is known of it. */
  readonly rows: readonly (readonly [label: string, text: string])[]
}
