export const settings = { menu: 'Administration' }
