extension LineOpenings {
  /// All openings that matter. ASCII letters are in lower case, others are matched as written. An opening that ends in
  /// an ASCII letter must end a word of the text.
  static let boilerplate = LineOpenings([
    // Openings that are never prose: in English, then in the other languages with stop words here, and in Arabic,
    // Hindi, Chinese and Japanese.
    (
      .boilerplate,
      """
      read more|read also|read the full|read next|see also|share this|share on|follow us|follow @|click here|click to|
      click on|sign up|photos:|photo credit|photograph by|pictured:|image via|
      image credit|image caption|image source|image copyright|image courtesy|media caption|media playback|
      photo courtesy|
      photos courtesy|file photo|file -|file –|video:|caption:|source:|sources:|published:|updated:|
      last updated|last modified|posted:|written by:|additional reporting|editing by|
      by:|byline:|advertisement:|related:|related articles|related stories|more:|more on this|more from|
      more stories|copyright ©|copyright (c)|©|all rights reserved|this material may not|for more information|
      for more stories|for more on|to learn more|to find out more|learn more|contact us|download the|view comments|
      comments are closed|watch:|watch the video|watch now|listen:|listen now|listen to the podcast|scroll down|
      screenshot:|a screenshot of|screenshot of|getty images|note:|editor's note|editors' note|editors note|
      this article originally|this article was originally|this article first|this story was originally|
      this story originally|this post originally|this post was originally|
      correction:|clarification:|disclaimer:|register now|register for|if you have questions|if you have any questions|
      have questions|questions?|have a question|want to learn more|want to know more|this blog post is|
      this is a guest post|cross-posted|have an idea|check out|check back|
      stay tuned|join us|visit our|email us|e-mail us|thanks for reading|thank you for reading|
      get the latest|get our|enter your email|by signing up|story continues|article continues|continue reading|
      we use cookies|this site uses cookies|this website uses cookies|accept cookies|
      loading…|loading...|most read|trending:|tags:|topics:|filed under|share:|print this|tweet this|our standards:|
      these are external links|external links|back to top|skip to|http://|https://|www.|pic.twitter|
      the opinions expressed|opinions expressed in|the views expressed|views expressed in|opinions expressed by|
      story highlights|just watched|must watch|ireport.com|ireport:|don't miss:|share your thoughts|share your story|
      share this with|send your|send us your|have your say|are you affected|have you been affected|do you have a story|
      do you have information|got a story|got a tip|if you have a story|like us on|find us on|tap here|subscribe now|
      subscribe to|already a subscriber|already have an account|log in to|sign in to|create an account|
      create a free account|by continuing to|by clicking|by using this|by subscribing|this site is protected|
      your browser does not|please enable|enable javascript|sorry, this video|sorry, your browser|
      we may earn|this post may contain affiliate|the bbc is not responsible|thank you for signing up|
      you can unsubscribe|you may also like|you might also like|recommended for you|sponsored:|most popular|
      picture credit|also read|also see|also on|with inputs from|for immediate release|media contact|
      press contact|first published|originally published|copyright 1|copyright 2|privacy policy|terms of use|
      terms and conditions|follow @|follow bbc|follow cnn|follow reuters|show caption|hide caption|enlarge this image|
      toggle caption|transcript:|load comments|post a comment|leave a comment|add a comment|join the conversation|
      report a typo|report an error|previously in this series|earlier in this series|you can also check out|
      video scroll down|you can sign up|you can subscribe|for confidential support|read or share this|
      lesen sie auch|lesen sie hier|lesen sie mehr|mehr zum thema|mehr dazu|weiterlesen|foto:|fotos:|bild:|
      quelle:|stand:|veröffentlicht:|aktualisiert:|autor:|autorin:|von redaktion|jetzt abonnieren|
      lire aussi|à lire aussi|À lire aussi|lire la suite|voir aussi|à voir aussi|en savoir plus|crédit photo|crédits|
      crédit :|
      photo :|source :|publié le|mis à jour|abonnez-vous|inscrivez-vous|
      leer más|lea también|lee también|te puede interesar|le puede interesar|ver también|más información|foto :|
      fuente:|
      publicado el|actualizado|suscríbete|suscríbase|síguenos|compartir en|
      leia também|leia mais|veja também|saiba mais|fonte:|crédito:|atualizado em|assine|siga-nos|inscreva-se|
      leggi anche|leggi tutto|leggi di più|guarda anche|approfondimento|pubblicato il|aggiornato il|iscriviti|seguici|
      lees ook|lees meer|lees verder|zie ook|bron:|beeld:|gepubliceerd|bijgewerkt|schrijf je in|
      läs mer|läs också|läs även|se även|källa:|publicerad|uppdaterad|prenumerera|
      czytaj też|czytaj także|czytaj więcej|zobacz też|zobacz także|źródło:|fot.|zdjęcie:|autor :|
      читайте также|Читайте также|читать далее|Читать далее|подробнее|Подробнее|смотрите также|Смотрите также|фото:|
      Фото:|
      источник:|Источник:|автор:|Автор:|текст:|Текст:|подписывайтесь|Подписывайтесь|
      اقرأ أيضا|اقرأ المزيد|إقرأ أيضا|شاهد أيضا|المصدر:|تابعونا|
      यह भी पढ़ें|और पढ़ें|ये भी पढ़ें|इसे भी पढ़ें|स्रोत:|फोटो:|
      相关阅读|延伸阅读|相关新闻|阅读全文|点击查看|原标题|责任编辑|责编|编辑：|编辑:|记者：|来源：|来源:|作者：|作者:|图：|图片来源|文／|文/|
      相關閱讀|延伸閱讀|相關新聞|責任編輯|編輯：|記者：|來源：|更多新聞|
      続きを読む|関連記事|あわせて読みたい|写真：|写真＝|撮影：|出典：|文：|
      """
    ),
    // Openings that are prose in a sentence, but boilerplate in a short line without a full stop.
    (
      .heading,
      """
      subscribe|advertisement|tweet|screenshot|image|video|photo|photos|comments|copyright|written by|sponsored|
      supported by|
      recommended|related|posted on|posted by|published on|updated on|reporting by|photo by|photograph by|compiled by|
      originally posted|originally published|view the|view all|more about|updated|published|last updated|first posted|
      editing by|writing by|additional reporting|story by|text by|words by|interview by|edited by|filed to|
      continue reading|show more|load more|next article|previous article|this story has been|this article has been|
      this story was|this article was|share|share on|sign in|log in|
      pictured|above:|below:|left:|right:|top:|bottom:|caption|credit|stock image|stock photo|file image|file picture
      """
    ),
    (
      .call,
      """
      visit|contact|email|e-mail|subscribe|register|join|follow|check|watch|listen|download|thanks|thank you|please|
      see|read|
      stay|be sure to|feel free|don't miss|let us know
      """
    ),
    (.byline, "by |von |par |por |di |da |door |av |od |przez "),
    // Without the brackets these are prose: "(Reporting by Jane Doe; editing by John Roe)".
    (
      .bracketedCredit,
      "(reporting by|(additional reporting|(writing by|(editing by|(edited by|(compiled by|(with inputs|(with agency|(pictured"
    ),
    // Labels that name the source of a picture wherever they stand.
    ([.boilerplate, .credit, .pictureCredit], "photo:|photograph:|picture:|image:|credit:"),
    (
      .credit,
      """
      (ap photo|(photo|(image:|(image courtesy|(picture:|(file photo|(credit|/getty|/ap)|/ap photo|/afp
      """
    ),
    // Labels of the source of a picture, also in other languages. What follows "source:" may be that of a number.
    (
      .pictureCredit,
      """
      photos:|credits:|photo by|photograph by|picture by|image by|photo credit|
      image credit|picture credit|photo courtesy|image courtesy|©|getty images|foto:|fotos:|bild:|bilder:|beeld:|photo :|
      foto :|crédit photo|crédit :|crédits :|crédito:|zdjęcie:|fot.|фото:|Фото:|
      写真：|写真＝|撮影：|图：|圖：|图片来源：|圖片來源：|source:|source :|quelle:|fuente:|fonte:|bron:|källa:|źródło:|источник:|Источник:
      """
    ),
    (
      .seriesNote,
      """
      this is|this story is|this article is|this post is|this report is|this piece is|this column is|
      this interview is|part|
      it is part|the first part|the second part|the third part|the last part|read part|in part
      """
    ),
    (
      .runOn,
      """
      image copyright|image caption|image source|media caption|media playback|story highlights|
      for confidential support|
      share this with|these are external links
      """
    ),
    (.highlights, "story highlights"),
    (.editorsNote, "editor's note|editors' note|editors note"),
    (
      .picture,
      """
      this undated|this file photo|this file image|this handout|this screengrab|an undated photo|undated photo|
      a file photo|a file picture|a handout photo|a handout picture|file picture
      """
    ),
    (.inPicture, "in this|in an undated|in a file|in a handout"),
    (.ofPicture, "this photo|this image|this photograph|this picture|this combination of"),
    (
      .quota,
      """
      you have|you've|you’ve|this is your|sie haben|il vous reste|te quedan|você tem
      """
    ),
    (
      .footer,
      """
      the post|this post|this story|this article|this column|a version of this|der beitrag|der artikel|l'article|
      cet article|
      la entrada|el artículo|este artículo|o post|este artigo|l'articolo|questo articolo|het bericht|inlägget|artykuł|
      wpis
      """
    ),
  ])
}
