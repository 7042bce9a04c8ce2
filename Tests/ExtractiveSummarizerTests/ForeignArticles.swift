import Testing

/// Short articles in nine languages, written for these tests, each with the summary of two sentences that an editor would send.
/// Headings, bylines, datelines, captions and notes of the page stand around the text, as they do in feeds.
struct ForeignArticle: CustomTestStringConvertible {
  let language: String
  let text: String
  let summary: String

  var testDescription: String { "\(language): \(summary.prefix(40))" }

  init(_ language: String, _ text: String, summary: String) {
    (self.language, self.text, self.summary) = (language, text, summary)
  }
}

let foreignArticles: [ForeignArticle] = [
  // MARK: German
  ForeignArticle(
    "de",
    """
    Fähre bleibt bis März im Dock
    Von Jana Ahlers
    Lyde (dpa) - Die Fähre zwischen Lyde und der Insel Holm fällt bis März aus, weil die Werft Risse im Rumpf gefunden hat.
    Die Reederei setzt von Montag an zwei kleinere Schiffe ein, die zusammen 120 Fahrgäste fassen.
    „Wir haben keine Wahl. Das Schiff muss sicher sein“, sagte die Sprecherin.
    Im Sommer nutzten täglich rund 900 Menschen die Verbindung.
    Lesen Sie auch: Warum die alte Mole saniert wird
    """,
    summary:
      "Die Fähre zwischen Lyde und der Insel Holm fällt bis März aus, weil die Werft Risse im Rumpf gefunden hat. Die Reederei setzt von Montag an zwei kleinere Schiffe ein, die zusammen 120 Fahrgäste fassen."
  ),
  ForeignArticle(
    "de",
    """
    Das Stadtbad von Hohenbrück öffnet nach fünf Jahren wieder.
    Die Stadt hat 14 Mio. Euro in neue Becken und eine Solaranlage auf dem Dach gesteckt.
    Foto: Archiv
    Am 3. Oktober dürfen alle umsonst schwimmen.
    Die Eintrittspreise bleiben bis zum Sommer so, wie sie waren.
    Wir verwenden Cookies auf dieser Website, um Ihr Erlebnis zu verbessern.
    """,
    summary:
      "Das Stadtbad von Hohenbrück öffnet nach fünf Jahren wieder. Die Stadt hat 14 Mio. Euro in neue Becken und eine Solaranlage auf dem Dach gesteckt."
  ),
  ForeignArticle(
    "de",
    """
    BERLIN – Der Bundestag hat am Donnerstag ein Gesetz beschlossen, das Reparaturen von Geräten billiger machen soll.
    Hersteller müssen Ersatzteile künftig zehn Jahre lang liefern.
    Die Opposition hält das Gesetz für zu teuer.
    Es tritt am 1. Juli in Kraft, wenn der Bundesrat zustimmt.
    Mehr zum Thema: Was Reparaturen heute kosten
    """,
    summary:
      "Der Bundestag hat am Donnerstag ein Gesetz beschlossen, das Reparaturen von Geräten billiger machen soll. Hersteller müssen Ersatzteile künftig zehn Jahre lang liefern."
  ),
  ForeignArticle(
    "de",
    """
    Der 1. FC Lyde hat am Samstag das Derby gegen Holm mit 2:1 gewonnen und steht an der Spitze der Tabelle.
    Beide Tore für Lyde schoss die Stürmerin Anna Roth in der zweiten Halbzeit.
    4200 Zuschauer sahen das Spiel.
    Am nächsten Spieltag tritt Lyde in Brandau an.
    """,
    summary:
      "Der 1. FC Lyde hat am Samstag das Derby gegen Holm mit 2:1 gewonnen und steht an der Spitze der Tabelle. Beide Tore für Lyde schoss die Stürmerin Anna Roth in der zweiten Halbzeit."
  ),
  ForeignArticle(
    "de",
    """
    Bienen kehren auf die Heide zurück
    Auf der Heide bei Kessel leben wieder mehr Wildbienen als vor zehn Jahren, wie eine Studie der Universität Brandau zeigt.
    Die Forscher zählten 180 Arten von Wildbienen auf der Heide, vierzig mehr als bei der ersten Zählung.
    „Das hat uns überrascht“, sagte die Leiterin der Studie.
    Im Frühjahr soll die nächste Zählung beginnen.
    """,
    summary:
      "Auf der Heide bei Kessel leben wieder mehr Wildbienen als vor zehn Jahren, wie eine Studie der Universität Brandau zeigt. Die Forscher zählten 180 Arten von Wildbienen auf der Heide, vierzig mehr als bei der ersten Zählung."
  ),
  // MARK: French
  ForeignArticle(
    "fr",
    """
    Le pont de Lyde fermé jusqu'au printemps
    Par Jeanne Morel
    LYDE (AFP) - Le vieux pont de Lyde sera fermé aux voitures jusqu'au printemps, a annoncé lundi la mairie.
    Des fissures ont été découvertes en septembre dans deux des quatre piles du pont.
    Les piétons pourront encore passer.
    Les travaux coûteront quatre millions d'euros.
    Lire aussi : Comment le pont a été construit
    """,
    summary:
      "Le vieux pont de Lyde sera fermé aux voitures jusqu'au printemps, a annoncé lundi la mairie. Des fissures ont été découvertes en septembre dans deux des quatre piles du pont."
  ),
  ForeignArticle(
    "fr",
    """
    Paris, 3 mai 2024 (Reuters) – Les députés ont adopté vendredi un texte qui interdit la vente de téléphones aux enfants de moins de onze ans.
    Le Sénat examinera le texte en juin.
    « C'est une victoire. Les parents l'attendaient », a dit le rapporteur.
    Les fabricants de téléphones dénoncent un texte inapplicable.
    """,
    summary:
      "Les députés ont adopté vendredi un texte qui interdit la vente de téléphones aux enfants de moins de onze ans. Le Sénat examinera le texte en juin."
  ),
  ForeignArticle(
    "fr",
    """
    La librairie du port, ouverte depuis 1921, a été rachetée par ses clients.
    Six cents habitants ont réuni en trois mois les 300 000 euros qui manquaient à la librairie.
    Crédit photo : Mairie de Lyde
    Elle rouvrira samedi.
    L'ancien propriétaire y travaillera encore un an.
    """,
    summary:
      "La librairie du port, ouverte depuis 1921, a été rachetée par ses clients. Six cents habitants ont réuni en trois mois les 300 000 euros qui manquaient à la librairie."
  ),
  ForeignArticle(
    "fr",
    """
    Une avalanche a coupé dans la nuit la route du col de Brandau, sans faire de victime.
    La route du col restera fermée au moins jusqu'à jeudi, selon la préfecture.
    Quarante personnes ont passé la nuit dans un gymnase.
    Nous utilisons des cookies sur ce site pour améliorer votre visite.
    """,
    summary:
      "Une avalanche a coupé dans la nuit la route du col de Brandau, sans faire de victime. La route du col restera fermée au moins jusqu'à jeudi, selon la préfecture."
  ),
  ForeignArticle(
    "fr",
    """
    Le prix du blé a reculé de 6 % en une semaine après l'annonce d'une récolte record dans le nord du pays.
    Les coopératives prévoient une récolte de blé supérieure de 15 % à celle de l'an dernier.
    M. Le Goff, éleveur, s'en réjouit.
    Les silos sont déjà pleins.
    """,
    summary:
      "Le prix du blé a reculé de 6 % en une semaine après l'annonce d'une récolte record dans le nord du pays. Les coopératives prévoient une récolte de blé supérieure de 15 % à celle de l'an dernier."
  ),
  // MARK: Spanish
  ForeignArticle(
    "es",
    """
    El metro de Lyde abrirá de noche
    Por Juana Roca
    MADRID, 26 abr (EFE).- El metro de Lyde abrirá toda la noche los viernes y los sábados desde el mes de junio, anunció el ayuntamiento.
    El servicio nocturno del metro costará dos millones de euros al año.
    La oposición pide también autobuses.
    Lea también: Así era el metro hace un siglo
    """,
    summary:
      "El metro de Lyde abrirá toda la noche los viernes y los sábados desde el mes de junio, anunció el ayuntamiento. El servicio nocturno del metro costará dos millones de euros al año."
  ),
  ForeignArticle(
    "es",
    """
    Un incendio destruyó el domingo 300 hectáreas de bosque en la sierra de Kessel.
    Los bomberos controlaron el incendio de la sierra después de once horas.
    No hay heridos.
    La policía busca la causa.
    Fuente: Agencia
    """,
    summary:
      "Un incendio destruyó el domingo 300 hectáreas de bosque en la sierra de Kessel. Los bomberos controlaron el incendio de la sierra después de once horas."
  ),
  ForeignArticle(
    "es",
    """
    La escuela del pueblo de Holm vuelve a abrir después de once años, con catorce alumnos y una maestra.
    Siete familias llegaron al pueblo de Holm el año pasado porque las casas son baratas.
    «No lo esperábamos. Es un milagro», dijo el alcalde.
    La tienda abrirá en mayo.
    """,
    summary:
      "La escuela del pueblo de Holm vuelve a abrir después de once años, con catorce alumnos y una maestra. Siete familias llegaron al pueblo de Holm el año pasado porque las casas son baratas."
  ),
  ForeignArticle(
    "es",
    """
    El Banco de Lyde ganó 90 millones de euros en el primer trimestre, un 12 % más que un año antes.
    Los ingresos por créditos explican casi todo el aumento, según el banco.
    El Sr. Roca seguirá como presidente.
    Publicado el 4 de mayo de 2024
    """,
    summary:
      "El Banco de Lyde ganó 90 millones de euros en el primer trimestre, un 12 % más que un año antes. Los ingresos por créditos explican casi todo el aumento, según el banco."
  ),
  ForeignArticle(
    "es",
    """
    Científicos de la Universidad de Brandau han descubierto una especie de rana que canta bajo el agua.
    La rana vive en tres arroyos de la sierra y mide apenas dos centímetros.
    El hallazgo se publicó el martes.
    Suscríbete a nuestro boletín
    """,
    summary:
      "Científicos de la Universidad de Brandau han descubierto una especie de rana que canta bajo el agua. La rana vive en tres arroyos de la sierra y mide apenas dos centímetros."
  ),
  // MARK: Portuguese
  ForeignArticle(
    "pt",
    """
    Hospital de Lyde abre em setembro
    Por Joana Rocha
    Lisboa, 26 abr 2024 (Lusa) – O novo hospital de Lyde vai abrir em setembro com duzentas camas, anunciou hoje o governo.
    A construção do hospital custou 80 milhões de euros, mais vinte do que estava previsto.
    Os médicos pedem mais enfermeiros.
    Leia também: Quanto se espera por uma consulta
    """,
    summary:
      "O novo hospital de Lyde vai abrir em setembro com duzentas camas, anunciou hoje o governo. A construção do hospital custou 80 milhões de euros, mais vinte do que estava previsto."
  ),
  ForeignArticle(
    "pt",
    """
    A chuva da noite de domingo inundou o centro de Holm e fechou quatro escolas.
    Os bombeiros tiraram sessenta pessoas das casas do centro com barcos.
    Ninguém ficou ferido.
    A chuva deve parar na terça-feira.
    """,
    summary:
      "A chuva da noite de domingo inundou o centro de Holm e fechou quatro escolas. Os bombeiros tiraram sessenta pessoas das casas do centro com barcos."
  ),
  ForeignArticle(
    "pt",
    """
    O Sporting de Lyde venceu o Brandau por 3-0 e vai disputar a final da taça no dia 12 de maio.
    Dois dos golos foram marcados pelo avançado Rui Rocha, que voltou depois de uma lesão.
    O treinador elogiou a defesa.
    Crédito: Agência
    """,
    summary:
      "O Sporting de Lyde venceu o Brandau por 3-0 e vai disputar a final da taça no dia 12 de maio. Dois dos golos foram marcados pelo avançado Rui Rocha, que voltou depois de uma lesão."
  ),
  ForeignArticle(
    "pt",
    """
    A fábrica de papel de Kessel vai fechar no fim do ano e despedir 230 trabalhadores.
    A empresa diz que a procura de papel caiu para metade em cinco anos.
    Os sindicatos marcaram uma greve.
    O presidente da câmara pediu uma reunião.
    """,
    summary:
      "A fábrica de papel de Kessel vai fechar no fim do ano e despedir 230 trabalhadores. A empresa diz que a procura de papel caiu para metade em cinco anos."
  ),
  ForeignArticle(
    "pt",
    """
    Investigadores da Universidade de Brandau criaram um plástico que se dissolve na água do mar em seis meses.
    O plástico é feito de algas e custa o dobro do comum, segundo os investigadores.
    “Ainda falta muito. Mas é um começo”, disse a autora.
    Saiba mais na edição impressa
    """,
    summary:
      "Investigadores da Universidade de Brandau criaram um plástico que se dissolve na água do mar em seis meses. O plástico é feito de algas e custa o dobro do comum, segundo os investigadores."
  ),
  // MARK: Russian
  ForeignArticle(
    "ru",
    """
    Мост закроют до весны
    МОСКВА, 26 апр — РИА Новости. Старый мост в городе Лиде закроют для машин до весны из-за трещин в опорах, сообщила мэрия.
    Ремонт моста обойдётся городу в 40 млн рублей.
    Пешеходы смогут ходить по мосту.
    Читайте также: Как строили мост
    """,
    summary:
      "Старый мост в городе Лиде закроют для машин до весны из-за трещин в опорах, сообщила мэрия. Ремонт моста обойдётся городу в 40 млн рублей."
  ),
  ForeignArticle(
    "ru",
    """
    Учёные университета Брандау обнаружили в горах новый вид лягушки, которая поёт под водой.
    Новый вид лягушки живёт в трёх ручьях на высоте две тысячи метров.
    Статья вышла во вторник.
    Фото: пресс-служба университета
    """,
    summary:
      "Учёные университета Брандау обнаружили в горах новый вид лягушки, которая поёт под водой. Новый вид лягушки живёт в трёх ручьях на высоте две тысячи метров."
  ),
  ForeignArticle(
    "ru",
    """
    Хоккейный клуб «Холм» победил «Лиду» со счётом 4:1 и впервые за десять лет вышел в финал.
    Три шайбы «Холма» забросил нападающий И. И. Иванов.
    Финал пройдёт 5 мая 2024 г. в Лиде.
    Билеты уже проданы.
    """,
    summary:
      "Хоккейный клуб «Холм» победил «Лиду» со счётом 4:1 и впервые за десять лет вышел в финал. Три шайбы «Холма» забросил нападающий И. И. Иванов."
  ),
  ForeignArticle(
    "ru",
    """
    Цены на хлеб выросли за месяц на шесть процентов, сообщило в понедельник статистическое ведомство.
    Больше всего цены на хлеб выросли в северных областях.
    «Урожай был плохим. Запасов мало», — сказал министр.
    Министерство обещает помочь пекарням.
    """,
    summary:
      "Цены на хлеб выросли за месяц на шесть процентов, сообщило в понедельник статистическое ведомство. Больше всего цены на хлеб выросли в северных областях."
  ),
  ForeignArticle(
    "ru",
    """
    Автор: Иван Петров
    Пожар уничтожил в воскресенье склад бумажной фабрики в посёлке Кессель, никто не пострадал.
    На складе фабрики хранилось две тысячи тонн бумаги.
    Огонь тушили девять часов.
    Причину выясняют.
    """,
    summary:
      "Пожар уничтожил в воскресенье склад бумажной фабрики в посёлке Кессель, никто не пострадал. На складе фабрики хранилось две тысячи тонн бумаги."
  ),
  // MARK: Arabic
  ForeignArticle(
    "ar",
    """
    إغلاق الجسر القديم حتى الربيع
    القاهرة (رويترز) - أعلنت بلدية ليدا يوم الاثنين إغلاق الجسر القديم أمام السيارات حتى الربيع بسبب تشققات في أعمدته.
    وتبلغ تكلفة إصلاح الجسر القديم أربعة ملايين جنيه بحسب البلدية.
    ويمكن للمشاة العبور.
    اقرأ أيضا: كيف بني الجسر
    """,
    summary:
      "أعلنت بلدية ليدا يوم الاثنين إغلاق الجسر القديم أمام السيارات حتى الربيع بسبب تشققات في أعمدته. وتبلغ تكلفة إصلاح الجسر القديم أربعة ملايين جنيه بحسب البلدية."
  ),
  ForeignArticle(
    "ar",
    """
    اكتشف علماء جامعة برانداو نوعا جديدا من الضفادع يغني تحت الماء في جبال الشمال.
    ويعيش النوع الجديد من الضفادع في ثلاثة جداول فقط.
    ونشرت الدراسة يوم الثلاثاء.
    المصدر: وكالات
    """,
    summary:
      "اكتشف علماء جامعة برانداو نوعا جديدا من الضفادع يغني تحت الماء في جبال الشمال. ويعيش النوع الجديد من الضفادع في ثلاثة جداول فقط."
  ),
  ForeignArticle(
    "ar",
    """
    دمر حريق يوم الأحد مخزن مصنع الورق في بلدة كيسل دون وقوع إصابات.
    وكان في مخزن المصنع ألفا طن من الورق.
    واستمر إطفاء النار تسع ساعات.
    وبدأت الشرطة التحقيق.
    """,
    summary: "دمر حريق يوم الأحد مخزن مصنع الورق في بلدة كيسل دون وقوع إصابات. وكان في مخزن المصنع ألفا طن من الورق."
  ),
  ForeignArticle(
    "ar",
    """
    ارتفعت أسعار الخبز ستة في المئة خلال شهر بعد موسم حصاد ضعيف، حسبما قالت الحكومة يوم الخميس.
    وكان أكبر ارتفاع في أسعار الخبز في المحافظات الشمالية.
    وقال الوزير إن المخزون قليل.
    وستقدم الحكومة دعما للمخابز.
    """,
    summary:
      "ارتفعت أسعار الخبز ستة في المئة خلال شهر بعد موسم حصاد ضعيف، حسبما قالت الحكومة يوم الخميس. وكان أكبر ارتفاع في أسعار الخبز في المحافظات الشمالية."
  ),
  ForeignArticle(
    "ar",
    """
    فاز نادي هولم على نادي ليدا بأربعة أهداف مقابل هدف وتأهل إلى نهائي الكأس لأول مرة منذ عشر سنوات.
    وسجل المهاجم كريم سالم ثلاثة من أهداف نادي هولم.
    وتقام المباراة النهائية في مايو.
    وبيعت كل التذاكر.
    """,
    summary:
      "فاز نادي هولم على نادي ليدا بأربعة أهداف مقابل هدف وتأهل إلى نهائي الكأس لأول مرة منذ عشر سنوات. وسجل المهاجم كريم سالم ثلاثة من أهداف نادي هولم."
  ),
  // MARK: Hindi
  ForeignArticle(
    "hi",
    """
    पुराना पुल वसंत तक बंद
    नयी दिल्ली, 26 अप्रैल (भाषा) लीदा शहर का पुराना पुल दरारों के कारण वसंत तक कारों के लिए बंद रहेगा, नगर पालिका ने सोमवार को बताया।
    पुराने पुल की मरम्मत पर चार करोड़ रुपये खर्च होंगे।
    पैदल यात्री जा सकेंगे।
    यह भी पढ़ें: पुल कैसे बना था
    """,
    summary:
      "लीदा शहर का पुराना पुल दरारों के कारण वसंत तक कारों के लिए बंद रहेगा, नगर पालिका ने सोमवार को बताया। पुराने पुल की मरम्मत पर चार करोड़ रुपये खर्च होंगे।"
  ),
  ForeignArticle(
    "hi",
    """
    वैज्ञानिकों ने उत्तर के पहाड़ों में मेंढक की एक नई प्रजाति खोजी है जो पानी के भीतर गाती है।
    मेंढक की यह प्रजाति केवल तीन झरनों में रहती है।
    अध्ययन मंगलवार को छपा।
    स्रोत: एजेंसी
    """,
    summary:
      "वैज्ञानिकों ने उत्तर के पहाड़ों में मेंढक की एक नई प्रजाति खोजी है जो पानी के भीतर गाती है। मेंढक की यह प्रजाति केवल तीन झरनों में रहती है।"
  ),
  ForeignArticle(
    "hi",
    """
    केसल कस्बे में कागज कारखाने का गोदाम रविवार को आग में जल गया, पर कोई घायल नहीं हुआ।
    कारखाने के गोदाम में दो हजार टन कागज रखा था।
    आग नौ घंटे में बुझी।
    पुलिस जांच कर रही है।
    """,
    summary:
      "केसल कस्बे में कागज कारखाने का गोदाम रविवार को आग में जल गया, पर कोई घायल नहीं हुआ। कारखाने के गोदाम में दो हजार टन कागज रखा था।"
  ),
  ForeignArticle(
    "hi",
    """
    रोटी के दाम एक महीने में छह प्रतिशत बढ़ गए हैं, सरकार ने गुरुवार को बताया।
    रोटी के दाम सबसे अधिक उत्तर के जिलों में बढ़े हैं।
    मंत्री ने कहा कि भंडार कम है।
    सरकार बेकरियों की मदद करेगी।
    """,
    summary:
      "रोटी के दाम एक महीने में छह प्रतिशत बढ़ गए हैं, सरकार ने गुरुवार को बताया। रोटी के दाम सबसे अधिक उत्तर के जिलों में बढ़े हैं।"
  ),
  ForeignArticle(
    "hi",
    """
    होल्म क्लब ने लीदा क्लब को चार-एक से हराकर दस साल में पहली बार कप के फाइनल में जगह बनाई।
    होल्म क्लब के तीन गोल करीम सालेम ने किए।
    फाइनल मई में होगा।
    सारे टिकट बिक चुके हैं।
    """,
    summary:
      "होल्म क्लब ने लीदा क्लब को चार-एक से हराकर दस साल में पहली बार कप के फाइनल में जगह बनाई। होल्म क्लब के तीन गोल करीम सालेम ने किए।"
  ),
  // MARK: Chinese
  ForeignArticle(
    "zh",
    """
    旧桥关闭至春季
    记者：王小明
    新华社北京4月26日电（记者王小明）利德市政府星期一宣布，旧桥因桥墩出现裂缝将对汽车关闭至明年春季。
    旧桥维修费用约为四千万元，由市政府承担。
    行人仍可通行。
    相关阅读：旧桥是怎样建成的
    """,
    summary: "利德市政府星期一宣布，旧桥因桥墩出现裂缝将对汽车关闭至明年春季。旧桥维修费用约为四千万元，由市政府承担。"
  ),
  ForeignArticle(
    "zh",
    """
    布兰道大学的科学家在北部山区发现了一种会在水下唱歌的新蛙种。
    这种新蛙种只生活在三条溪流中，体长不到两厘米。
    研究报告星期二发表。
    来源：综合报道
    """,
    summary: "布兰道大学的科学家在北部山区发现了一种会在水下唱歌的新蛙种。这种新蛙种只生活在三条溪流中，体长不到两厘米。"
  ),
  ForeignArticle(
    "zh",
    """
    凯瑟尔镇造纸厂的仓库星期日被大火烧毁，没有人受伤。
    造纸厂仓库里存放着两千吨纸张。
    大火烧了九个小时。
    警方正在调查。
    """,
    summary: "凯瑟尔镇造纸厂的仓库星期日被大火烧毁，没有人受伤。造纸厂仓库里存放着两千吨纸张。"
  ),
  ForeignArticle(
    "zh",
    """
    面包价格一个月内上涨百分之六，统计部门星期四公布了这一数据。
    北部各省的面包价格上涨最快。
    “收成不好。库存很少。”部长说。
    政府将向面包店提供补贴。
    """,
    summary: "面包价格一个月内上涨百分之六，统计部门星期四公布了这一数据。北部各省的面包价格上涨最快。"
  ),
  ForeignArticle(
    "zh",
    """
    霍尔姆俱乐部以四比一击败利德俱乐部，十年来首次进入杯赛决赛。
    霍尔姆俱乐部的三个进球由前锋卡里姆打进。
    决赛将于五月举行。
    门票已经售完。
    """,
    summary: "霍尔姆俱乐部以四比一击败利德俱乐部，十年来首次进入杯赛决赛。霍尔姆俱乐部的三个进球由前锋卡里姆打进。"
  ),
  // MARK: Japanese
  ForeignArticle(
    "ja",
    """
    古い橋、春まで閉鎖
    【リーデ時事】リーデ市は月曜日、橋脚にひびが見つかった古い橋を春まで車の通行止めにすると発表した。
    古い橋の修理には四億円かかり、リーデ市が負担する。
    歩行者は通れる。
    関連記事：橋はどう造られたか
    """,
    summary: "リーデ市は月曜日、橋脚にひびが見つかった古い橋を春まで車の通行止めにすると発表した。古い橋の修理には四億円かかり、リーデ市が負担する。"
  ),
  ForeignArticle(
    "ja",
    """
    ブランダウ大学の研究者は、北部の山で水中で鳴くカエルの新種を発見した。
    カエルの新種は三つの小川だけにすみ、体長は二センチに満たない。
    論文は火曜日に公表された。
    写真：ブランダウ大学
    """,
    summary: "ブランダウ大学の研究者は、北部の山で水中で鳴くカエルの新種を発見した。カエルの新種は三つの小川だけにすみ、体長は二センチに満たない。"
  ),
  ForeignArticle(
    "ja",
    """
    ケッセルの製紙工場の倉庫が日曜日に火災で全焼したが、けが人はいなかった。
    製紙工場の倉庫には二千トンの紙が保管されていた。
    消火には九時間かかった。
    警察が原因を調べている。
    """,
    summary: "ケッセルの製紙工場の倉庫が日曜日に火災で全焼したが、けが人はいなかった。製紙工場の倉庫には二千トンの紙が保管されていた。"
  ),
  ForeignArticle(
    "ja",
    """
    パンの価格がひと月で六パーセント上がったと、統計局が木曜日に発表した。
    パンの価格は北部の県で最も大きく上がった。
    「不作だった。在庫も少ない」と大臣は述べた。
    政府はパン屋を支援する。
    """,
    summary: "パンの価格がひと月で六パーセント上がったと、統計局が木曜日に発表した。パンの価格は北部の県で最も大きく上がった。"
  ),
  ForeignArticle(
    "ja",
    """
    ホルムのクラブがリーデを四対一で破り、十年ぶりにカップ戦の決勝に進んだ。
    ホルムの三得点はフォワードのカリムが挙げた。
    決勝は五月に行われる。
    入場券は売り切れた。
    """,
    summary: "ホルムのクラブがリーデを四対一で破り、十年ぶりにカップ戦の決勝に進んだ。ホルムの三得点はフォワードのカリムが挙げた。"
  ),
]
