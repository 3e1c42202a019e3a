export const pinMap = {
  label: '定位地图：点一下放图钉',
  drag: '图钉，可拖动，也可用方向键移动',
  clear: '去掉坐标',
  hint: '点地图放图钉，可拖动校正',
  noMap: '这个浏览器画不了地图，请在下面写明位置。',
}
