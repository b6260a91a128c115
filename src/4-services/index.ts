// The door of services. Nothing is exported yet: an app's own app/services needs no framework code to work.
export {}
