export const settings = { menu: '管理' }
