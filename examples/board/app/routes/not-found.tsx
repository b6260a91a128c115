export const head = () => ({ title: 'Not found · Linden Street' })

export default function NotFoundPage() {
  return (
    <div class="notice-page">
      <p class="notice-code">404</p>
      <h1>Somebody took this one down</h1>
      <p>There is nothing at this address. It may have done its work.</p>
      <p>
        <a class="button" href="/">
          Back to the notices
        </a>
      </p>
    </div>
  )
}
