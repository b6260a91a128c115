// The door of data. Nothing is exported yet: an app's own app/data needs no framework code to work.
export {}
