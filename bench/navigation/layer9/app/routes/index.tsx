export const head = { title: 'Guide' }

export default function Home() {
  return <h1>Guide</h1>
}
