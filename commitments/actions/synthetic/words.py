"""Words from which synthetic registers are written: Chinese with English, our own lists."""

from typing import NamedTuple


class Pair(NamedTuple):
    zh: str
    en: str


def _pairs(text: str) -> tuple[Pair, ...]:
    return tuple(Pair(*entry.split("=")) for entry in text.replace("\n", "").strip("；").split("；"))


PLACES = _pairs("""
北京=Beijing；天津=Tianjin；石家庄=Shijiazhuang；太原=Taiyuan；呼和浩特=Hohhot；沈阳=Shenyang；大连=Dalian；
长春=Changchun；哈尔滨=Harbin；上海=Shanghai；南京=Nanjing；苏州=Suzhou；徐州=Xuzhou；连云港=Lianyungang；
杭州=Hangzhou；宁波=Ningbo；义乌=Yiwu；合肥=Hefei；芜湖=Wuhu；福州=Fuzhou；厦门=Xiamen；泉州=Quanzhou；
南昌=Nanchang；赣州=Ganzhou；济南=Jinan；青岛=Qingdao；烟台=Yantai；郑州=Zhengzhou；洛阳=Luoyang；武汉=Wuhan；
宜昌=Yichang；襄阳=Xiangyang；长沙=Changsha；株洲=Zhuzhou；广州=Guangzhou；深圳=Shenzhen；珠海=Zhuhai；
东莞=Dongguan；南宁=Nanning；柳州=Liuzhou；海口=Haikou；三亚=Sanya；重庆=Chongqing；成都=Chengdu；
绵阳=Mianyang；宜宾=Yibin；贵阳=Guiyang；遵义=Zunyi；昆明=Kunming；大理=Dali；拉萨=Lhasa；咸阳=Xianyang；
宝鸡=Baoji；榆林=Yulin；兰州=Lanzhou；酒泉=Jiuquan；敦煌=Dunhuang；西宁=Xining；银川=Yinchuan；乌鲁木齐=Urumqi；
喀什=Kashgar；伊宁=Yining；霍尔果斯=Khorgos；阿拉山口=Alashankou；塔城=Tacheng；石河子=Shihezi；包头=Baotou；
鄂尔多斯=Ordos；满洲里=Manzhouli；二连浩特=Erenhot；绥芬河=Suifenhe；珲春=Hunchun；丹东=Dandong；唐山=Tangshan；
秦皇岛=Qinhuangdao；沧州=Cangzhou；大同=Datong；临沂=Linyi；潍坊=Weifang；日照=Rizhao；南通=Nantong；
盐城=Yancheng；温州=Wenzhou；嘉兴=Jiaxing；舟山=Zhoushan；九江=Jiujiang；景德镇=Jingdezhen；岳阳=Yueyang；
桂林=Guilin；北海=Beihai；钦州=Qinzhou；湛江=Zhanjiang；汕头=Shantou；佛山=Foshan；中山=Zhongshan；毕节=Bijie；
曲靖=Qujing；西双版纳=Xishuangbanna；攀枝花=Panzhihua；泸州=Luzhou；万州=Wanzhou；延安=Yan'an；汉中=Hanzhong；
天水=Tianshui；固原=Guyuan
""")

PARTNERS = _pairs("""
蒙古=Mongolia；巴基斯坦=Pakistan；老挝=Laos；越南=Viet Nam；泰国=Thailand；
马来西亚=Malaysia；印度尼西亚=Indonesia；柬埔寨=Cambodia；塞尔维亚=Serbia；匈牙利=Hungary；希腊=Greece；
埃及=Egypt；肯尼亚=Kenya；埃塞俄比亚=Ethiopia；坦桑尼亚=Tanzania；南非=South Africa；尼日利亚=Nigeria；
摩洛哥=Morocco；沙特阿拉伯=Saudi Arabia；阿联酋=the Emirates；卡塔尔=Qatar；巴西=Brazil；智利=Chile；秘鲁=Peru；
阿根廷=Argentina
""")

FIELDS = _pairs("""
铁路运输=rail transport；公路建设=road building；港口物流=port logistics；民用航空=civil aviation；
跨境电商=cross-border e-commerce；口岸通关=border clearance；农业种植=crop farming；畜牧养殖=livestock；
节水灌溉=water-saving irrigation；粮食储备=grain reserves；水利工程=water works；防洪减灾=flood protection；
天然气=natural gas；石油炼化=oil refining；光伏发电=solar power；风力发电=wind power；水电开发=hydropower；
储能技术=energy storage；电网互联=grid connection；绿色矿业=green mining；稀有金属=rare metals；
装备制造=equipment making；汽车工业=the car industry；纺织服装=textiles；食品加工=food processing；
生物医药=biomedicine；传统医学=traditional medicine；公共卫生=public health；远程医疗=telemedicine；
疫苗研发=vaccine research；高等教育=higher education；职业教育=vocational training；基础教育=basic education；
语言教学=language teaching；青年交流=youth exchange；文化遗产=cultural heritage；考古研究=archaeology；
旅游服务=tourism；体育赛事=sports；影视制作=film and television；图书出版=publishing；新闻传播=journalism；
智库合作=think tanks；人工智能=artificial intelligence；大数据=big data；云计算=cloud computing；
卫星导航=satellite navigation；遥感测绘=remote sensing；移动通信=mobile networks；网络安全=network security；
量子信息=quantum information；新材料=new materials；海洋经济=the ocean economy；
生态修复=ecological restoration；荒漠化防治=desertification control；森林草原=forests and grassland；
大气治理=clean air；污水处理=sewage treatment；垃圾分类=waste sorting；碳排放交易=carbon trading；
气象预警=weather warning；应急救援=emergency rescue；消防安全=fire safety；金融服务=finance；
本币结算=settlement in local currencies；税收征管=tax administration；知识产权=intellectual property；
标准计量=standards and metrology；检验检疫=inspection and quarantine；司法协助=legal assistance；
执法安全=law enforcement；禁毒合作=drug control；反恐培训=counter-terrorism training；劳动就业=employment；
社会保障=social security；养老服务=care for the elderly；托育服务=child care；残疾人康复=rehabilitation；
乡村振兴=rural development；减贫经验=poverty reduction；城市更新=urban renewal；老旧小区=old neighbourhoods；
保障住房=public housing；地铁建设=metro building；公交优先=public transport；停车设施=parking；
供水管网=water mains；集中供热=district heating；城市绿化=urban greening；图书馆=libraries；博物馆=museums；
政务服务=public services；营商环境=the business climate；招商引资=investment；中小企业=small firms；
专精特新=specialised firms；科技孵化=incubators；人才引进=talent；海外仓=overseas warehouses；
中欧班列=China–Europe trains；多式联运=multimodal transport；冷链运输=the cold chain；综合保税区=bonded zones；
自由贸易=free trade；数字人民币=the digital currency；算力网络=computing networks；
低空经济=the low-altitude economy
""")

VERBS = _pairs("""
建设=Build；新建=Newly build；改造=Renovate；扩建=Extend；设立=Set up；组建=Form；启动=Start；推进=Advance；
完善=Improve；优化=Optimise；开通=Open；加密=Run more often；举办=Hold；培训=Train；支持=Support；
引进=Bring in；推广=Spread；编制=Draw up；发布=Publish；修订=Revise；签署=Sign；落实=Carry out；深化=Deepen；
拓展=Widen；保障=Secure；提升=Raise；共建=Jointly build；共享=Share；开展=Carry on；实施=Implement；
完成=Complete；整治=Clean up；培育=Foster；打造=Create；健全=Round out；试点=Pilot
""")

OBJECTS = _pairs("""
示范园区=demonstration park；合作中心=cooperation centre；联合实验室=joint laboratory；培训基地=training base；
服务平台=service platform；数据平台=data platform；监测站网=monitoring network；专项资金=special fund；
发展基金=development fund；行动计划=action plan；中长期规划=long-term plan；工作机制=working mechanism；
部长级会议=ministerial meeting；对话机制=dialogue mechanism；专家委员会=expert committee；
技术标准=technical standard；管理办法=set of rules；产业联盟=industry alliance；交易市场=exchange；
物流枢纽=logistics hub；集散中心=distribution centre；展览会=exhibition；主题论坛=forum；
文化节=culture festival；交流活动=exchange；奖学金项目=scholarship scheme；人才计划=talent scheme；
教学点=teaching site；实训工坊=workshop for trainees；研究院=institute；重点项目=key project；
民生工程=public works scheme；改造工程=renovation scheme；配套设施=supporting facility；
客货通道=passenger and freight corridor；直达航线=direct air route；班列线路=train route；
跨境走廊=cross-border corridor；预警系统=warning system；信息系统=information system；试验示范田=trial field；
种质资源库=seed bank；应急物资库=emergency store；志愿服务队=volunteer team；医疗队=medical team；
援助项目=aid project；贷款额度=credit line；担保机制=guarantee scheme；保险产品=insurance product；
一站式窗口=one-stop desk；绿色通道=green lane；便利化措施=facilitation measure；统计制度=statistical system；
评估报告=assessment report；年度清单=annual list；合作协议=cooperation agreement；
谅解备忘录=memorandum of understanding；行业白皮书=white paper
""")

THEMES = {
    "transport": Pair("交通", "Transport"),
    "trade": Pair("经贸", "Trade"),
    "energy": Pair("能源", "Energy"),
    "farming": Pair("农业", "Farming"),
    "health": Pair("卫生", "Health"),
    "education": Pair("教育", "Education"),
    "culture": Pair("文化", "Culture"),
    "digital": Pair("数字", "Digital"),
    "ecology": Pair("生态", "Ecology"),
    "finance": Pair("金融", "Finance"),
    "security": Pair("安全", "Security"),
    "housing": Pair("住房", "Housing"),
    "science": Pair("科技", "Science"),
    "welfare": Pair("民生", "Welfare"),
}

PARTIES = {
    "CN": Pair("中国", "China"),
    "MN": Pair("蒙古", "Mongolia"),
    "LA": Pair("老挝", "Laos"),
    "VN": Pair("越南", "Viet Nam"),
    "TH": Pair("泰国", "Thailand"),
    "MY": Pair("马来西亚", "Malaysia"),
    "commerce-department": Pair("商务主管部门", "Department of commerce"),
    "education-department": Pair("教育主管部门", "Department of education"),
    "transport-department": Pair("交通主管部门", "Department of transport"),
    "health-department": Pair("卫生主管部门", "Department of health"),
}
