/** Where the migrations of an app lie. By itself: a build's own part of the framework names it, and loads no compiler. */
export const migrationsFolder = 'app/data/migrations'
