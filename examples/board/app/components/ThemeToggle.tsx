import { useState } from 'layer9/components'
import type { Theme } from '~/contracts/session'

const isDark = () => matchMedia('(prefers-color-scheme: dark)').matches

/**
 * Switches between light and dark at once; the cookie keeps the choice for the next document. Without script the
 * button submits the form around it, which sets the same cookie.
 */
export function ThemeToggle({ theme }: { theme: Theme | null }) {
  const [chosen, setChosen] = useState(theme)
  const next: Theme = chosen === 'dark' ? 'light' : 'dark'

  function toggle(event: Event) {
    event.preventDefault()
    const now = chosen ?? (isDark() ? 'dark' : 'light')
    const other: Theme = now === 'dark' ? 'light' : 'dark'
    setChosen(other)
    document.documentElement.dataset.theme = other
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari
    document.cookie = `board_theme=${other}; path=/; max-age=31536000; samesite=lax`
  }

  return (
    <button type="submit" name="theme" value={next} class="theme-toggle" onClick={toggle}>
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <circle cx="10" cy="10" r="7.25" fill="none" stroke="currentColor" stroke-width="1.5" />
        <path d="M10 2.75a7.25 7.25 0 0 1 0 14.5Z" fill="currentColor" />
      </svg>
      <span class="visually-hidden">Switch between light and dark</span>
    </button>
  )
}
