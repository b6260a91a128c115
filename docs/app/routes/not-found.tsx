export const head = () => ({ title: 'Not found · Layer9' })

export default function NotFoundPage() {
  return (
    <div class="prose">
      <h1>There is no such page</h1>
      <p>
        The nine layers are in the list; <a href="/">the first page</a> has the rest.
      </p>
    </div>
  )
}
