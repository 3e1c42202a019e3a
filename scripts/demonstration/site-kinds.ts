import type { Sector } from '../../server/core/vocabulary.ts'

/** One risk point that such a place has: name, kind, hazard factors, accident types. */
export type RiskPoint = readonly [name: string, kind: string, factors: string, accidents: string]

export interface SiteKind {
  sector: Sector
  /** Ends of invented names; an invented word is put before each. */
  endings: readonly string[]
  /** How many of the demonstration's places are of this kind. */
  share: number
  /** Chances of the levels 1 to 4, in percent. */
  levels: readonly [number, number, number, number]
  riskPoints: readonly RiskPoint[]
}

export const SITE_KINDS: readonly SiteKind[] = [
  {
    sector: 'chemicals',
    endings: ['冷链物流园', '制冰厂'],
    share: 12,
    levels: [26, 34, 30, 10],
    riskPoints: [
      ['液氨储罐区', '设备设施', '液氨泄漏，储罐超压，阀门法兰密封失效', '中毒和窒息、其他爆炸'],
      ['液氨卸车作业', '作业活动', '卸车软管脱落，静电放电，未设专人监护', '火灾、中毒和窒息'],
    ],
  },
  {
    sector: 'chemicals',
    endings: ['加油站', '油品仓储中心'],
    share: 14,
    levels: [12, 34, 38, 16],
    riskPoints: [
      ['汽油储罐与加油机', '设备设施', '油气挥发，接地失效，罐车碰撞', '火灾、其他爆炸'],
      ['油品卸车作业', '作业活动', '静电放电，油气回收未接，未设专人监护', '火灾'],
    ],
  },
  {
    sector: 'chemicals',
    endings: ['涂料库', '化工原料仓库', '油漆经营部', '危化品仓储中心', '气体充装站'],
    share: 22,
    levels: [9, 26, 40, 25],
    riskPoints: [
      ['易燃液体库房', '场所', '可燃蒸气积聚，电气不防爆，混存禁忌物', '火灾、其他爆炸'],
      ['气瓶存放间', '设备设施', '超量存放，气瓶过期未检，通风不良', '容器爆炸'],
    ],
  },
  {
    sector: 'fire',
    endings: ['商业广场', '大型超市', '家居城', '娱乐城'],
    share: 36,
    levels: [5, 20, 48, 27],
    riskPoints: [
      ['营业大厅', '场所', '可燃装修材料多，人员密集，疏散通道占用', '火灾'],
      ['餐饮区厨房', '场所', '油烟道积油，燃气软管老化，未设自动灭火', '火灾'],
      ['地下车库', '场所', '电动车充电，防火卷帘失效，排烟不畅', '火灾'],
    ],
  },
  {
    sector: 'fire',
    endings: ['老年公寓', '宾馆', '培训学校', '写字楼'],
    share: 36,
    levels: [3, 18, 49, 30],
    riskPoints: [
      ['疏散楼梯', '场所', '常闭防火门敞开，应急照明损坏', '火灾'],
      ['消防控制室', '设备设施', '值班人员不足，报警主机故障，联动失效', '火灾'],
    ],
  },
  {
    sector: 'fire',
    endings: ['仓储库房', '物流分拣中心'],
    share: 20,
    levels: [4, 18, 48, 30],
    riskPoints: [['可燃物库房', '场所', '堆垛过高，照明靠近货物，灭火设施不足', '火灾']],
  },
  {
    sector: 'transport',
    endings: ['危货停放区', '危货运输车队'],
    share: 14,
    levels: [8, 34, 40, 18],
    riskPoints: [
      ['危货车辆停放', '场所', '空满车混放，无防泄漏设施，无人值守', '火灾、其他爆炸'],
      ['危货运输车辆', '设备设施', '罐体渗漏，动态监控掉线，疲劳驾驶', '车辆伤害、火灾'],
    ],
  },
  {
    sector: 'transport',
    endings: ['公交停车场', '客运站', '物流货运场', '驾校训练场'],
    share: 30,
    levels: [0, 14, 50, 36],
    riskPoints: [
      ['营运车辆', '设备设施', '制动不良，轮胎磨损，动态监控掉线', '车辆伤害'],
      ['停车场充电区', '场所', '充电桩接地不良，车辆间距不足', '火灾、触电'],
      ['人车混行区', '场所', '人车混行，照明不足', '车辆伤害'],
    ],
  },
  {
    sector: 'industry',
    endings: ['木业车间', '铝粉打磨线', '家具厂'],
    share: 24,
    levels: [8, 26, 44, 22],
    riskPoints: [
      ['打磨除尘系统', '设备设施', '粉尘沉积，除尘器无泄爆，风管积尘', '其他爆炸'],
      ['喷涂作业', '作业活动', '可燃气体积聚，电气不防爆', '火灾'],
    ],
  },
  {
    sector: 'industry',
    endings: ['食品加工厂', '冷库'],
    share: 18,
    levels: [6, 22, 46, 26],
    riskPoints: [
      ['涉氨制冷机房', '设备设施', '管道腐蚀，报警失灵，快速冻结装置与人员未隔开', '中毒和窒息'],
      ['污水池等有限空间', '场所', '硫化氢积聚，未审批作业，无通风检测', '中毒和窒息'],
    ],
  },
  {
    sector: 'industry',
    endings: ['汽车零部件厂', '铸造车间', '机械加工厂', '包装厂'],
    share: 42,
    levels: [1, 14, 50, 35],
    riskPoints: [
      ['冲压设备', '设备设施', '双手按钮失效，光电保护缺失', '机械伤害'],
      ['起重吊装作业', '作业活动', '吊索具磨损，吊钩无防脱，人员站位不当', '起重伤害'],
      ['污水池等有限空间', '场所', '硫化氢积聚，未审批作业，无通风检测', '中毒和窒息'],
    ],
  },
  {
    sector: 'gas',
    endings: ['燃气门站', '液化气供应站', '燃气调压站'],
    share: 18,
    levels: [6, 34, 40, 20],
    riskPoints: [
      ['调压设施', '设备设施', '法兰泄漏，安全阀过期，周边堆放可燃物', '其他爆炸、火灾'],
      ['液化气瓶库', '场所', '超量存放，过期气瓶，通风不良', '容器爆炸'],
    ],
  },
  {
    sector: 'construction',
    endings: ['住宅工地', '厂房工地', '市政道路工地'],
    share: 22,
    levels: [5, 30, 45, 20],
    riskPoints: [
      ['深基坑', '场所', '支护变形，坑边堆载，降排水不足', '坍塌'],
      ['塔式起重机', '设备设施', '限位失效，附着松动，无证操作', '起重伤害'],
      ['高处作业', '作业活动', '临边无防护，未系安全带', '高处坠落'],
    ],
  },
  {
    sector: 'special_equipment',
    endings: ['锅炉房', '电梯使用单位', '压力容器站房'],
    share: 18,
    levels: [3, 25, 47, 25],
    riskPoints: [
      ['承压蒸汽锅炉', '设备设施', '安全阀未校验，水位计不清，超期未检', '锅炉爆炸'],
      ['乘客电梯', '设备设施', '超期未检，困人应急失效', '其他伤害'],
    ],
  },
  {
    sector: 'small_place',
    endings: ['餐饮街', '便民市场', '小旅馆', '理发店', '网吧', '小超市', '棋牌室'],
    share: 46,
    levels: [0, 6, 44, 50],
    riskPoints: [
      ['后厨用气', '场所', '软管超长老化，未装报警器', '火灾'],
      ['电气线路', '设备设施', '私拉乱接，插排串接，未穿管', '火灾、触电'],
      ['住宿与经营合用', '场所', '未分隔，逃生窗被封', '火灾'],
    ],
  },
  {
    sector: 'self_built_house',
    endings: ['经营性自建房', '出租自建房', '农家乐自建房'],
    share: 18,
    levels: [0, 12, 44, 44],
    riskPoints: [
      ['承重结构', '场所', '擅自加层，墙体裂缝，拆改承重墙', '坍塌'],
      ['出租房间', '场所', '可燃夹芯板隔断，出口单一', '火灾'],
    ],
  },
  {
    sector: 'agriculture',
    endings: ['农机合作社', '粮食烘干塔', '农机停放场'],
    share: 12,
    levels: [0, 10, 45, 45],
    riskPoints: [
      ['收割与拖拉机具', '设备设施', '制动失灵，传动部位无护罩，无证驾驶', '机械伤害、车辆伤害'],
      ['粮仓与烘干塔', '场所', '有限空间，热风炉明火', '中毒和窒息、火灾'],
    ],
  },
]

/** Invented words for names; every name also ends in （示例）. */
export const NAME_WORDS = [
  ...[
    '恒泰',
    '博远',
    '信和',
    '晨光',
    '福苑',
    '宏图',
    '安顺',
    '新城',
    '海纳',
    '盛源',
    '广达',
    '瑞丰',
    '金穗',
    '启明',
  ],
  ...[
    '东越',
    '华庭',
    '明德',
    '万顺',
    '吉安',
    '汇通',
    '鼎新',
    '同盛',
    '佳禾',
    '永固',
    '锦程',
    '众诚',
    '康宁',
    '远航',
  ],
  ...[
    '立信',
    '嘉实',
    '昌隆',
    '北辰',
    '天合',
    '和润',
    '泰来',
    '顺达',
    '凯旋',
    '弘毅',
    '双木',
    '三禾',
    '百汇',
    '千里',
  ],
] as const

export const SURNAMES = [
  ...[
    '王',
    '李',
    '赵',
    '孙',
    '周',
    '吴',
    '郑',
    '冯',
    '陈',
    '褚',
    '卫',
    '蒋',
    '沈',
    '韩',
    '杨',
    '朱',
    '秦',
    '许',
  ],
] as const
