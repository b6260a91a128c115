export const metadata = { title: 'Guide' }

export default function Home() {
  return <h1>Guide</h1>
}
