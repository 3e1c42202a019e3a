export const choiceMenu = {
  chosen: '已选 {n} 项',
}
