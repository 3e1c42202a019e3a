export const searchPicker = {
  clear: '清除',
  searching: '正在查找',
  none: '没有找到，换几个字试试',
  failed: '没有查到，请再输入一次',
}
