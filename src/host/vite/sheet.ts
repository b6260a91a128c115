// Which modules are styles.

/**
 * Whether a module is a style sheet of the page; with the queries `inline`, `url` and `raw` Vite makes its text or its
 * URL of it instead.
 */
export const isSheet = (id: string): boolean =>
  /\.(?:css|less|s[ac]ss|styl(?:us)?|pcss|postcss)(?:$|\?)/.test(id) && !/[?&](?:inline|url|raw)\b/.test(id)
