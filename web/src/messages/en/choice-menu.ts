export const choiceMenu = {
  chosen: '{n} chosen',
}
