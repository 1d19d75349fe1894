"""The vocabulary of boilerplate in languages other than English, by the families of `boilerplate_words`."""

from __future__ import annotations

import re

INTERNATIONAL: dict[str, str] = {
    "give": """
        spende, spenden*, spendet, digitalabo, probeabo, abonnent*, unterstützer*, mitgliedschaft*
        monatlich, kostenlos/gratis testen, helfen sie, werden sie, ihre/ihrer hilfe/unterstützung/spende
        un/votre/vos don/dons, votre/ton soutien/aide/appui, soutenir, cotis*, adhér*
        abonné/abonnés/abonnée, abonnement*, réservé/réservée/réservés aux, contribuez, aidez, par mois
        sans engagement, je fais, donativ*, donar, socio/socia/socios, suscriptor*, suscripci*
        tu/su/vuestra/vuestro apoyo/ayuda/aportación, aportaci*, hazte, colabora con/hoy, quiero colaborar
        al mes, donazion*, sostenitor*, abbonament*, tuo/vostro contributo/sostegno/aiuto, aiutaci
        sostienici, doaç*, assinant*, assinatur*, assine, apoie, contribua, seu/sua apoio/ajuda, донат*
        взнос*, ежемесячн*, подписк*, подписчик*, помогите, bağış*, destek ol/olun/verin, destekle*, katkın*
        katkıda, abone*, üye ol/olun, تبرع*, ادعم*, ساعدونا, تبرعك*, اشتراك*, دعمكم, مساهمتك*, doneer*
        donatie*, steun ons, word lid, abonneer*, wesprzyj, wspieraj, darowizn*, prenumerat*
    """,
    "press": """
        journalismus, redaktion, leserinnen, liebe leser, journalisme, rédaction, lecteurs, lectrices
        periodismo, redacción, lectores, lectoras, giornalismo, redazione, lettori, lettrici
        il/nostro giornale, jornalismo, redação, leitores, редакци*, читател*, наше/независимое издание
        gazetecili*, okur/okurlar, okurlarımız*, صحافتنا, صحيفتنا, قراءنا, القراء, redactie, lezers
        redakcj*, czytelni*
    """,
    "letter": """
        rundbrief, postfach, e-mail-adresse, auf dem laufenden, unsere/die/unserer app, infolettre*
        boîte mail/mél/e-mail/de, votre/une adresse, votre/ton e-mail/email/mail
        notre/nos application/alertes, boletín, boletines, boletim
        tu/su/vuestro correo/móvil/email/e-mail/buzón, bandeja de
        nuestra/nuestras/la app/aplicación/alertas, casella di, posta elettronica
        tua/vostra mail/email/casella, iscriv*, nostra app/applicazione, seu e-mail/email
        вашей/вашу/вам почте/почту/почты, на почту, наше/мобильное приложение
        нашем/нашего приложении/приложения, bülten*, e-posta*, uygulamamız*, mobil uygulama*, نشرتنا, النشرة
        بريدك*, بريدية, البريدية, تطبيقنا, nieuwsbrief*, newsletter*, aplikacj*
    """,
    "legal": """
        datenschutz*, impressum, agb, nutzungsbedingungen, nutzungsrechte, vervielfältigung, nachdruck
        rechte vorbehalten, alle/alles akzeptieren/ablehnen, mentions légales, confidentialité
        droits réservés, toute reproduction, reproduction interdite, conditions générales
        tout accepter/refuser, en poursuivant, paramétrer, aviso legal, política de, privacidad
        reproducción total/parcial, prohibida su/la, terceros, aceptar todo/todas/y, rechazar todo/todas
        si continúa, sigue navegando, condiciones de, diritti riservati, riproduzione, riservata
        informativa, questo sito, la navigazione, accetti, ne accetti, acepta su, aceptas, continuando la
        condizioni d'uso, direitos reservados, privacidade, reprodução, ao continuar, права защищены
        перепечатк*, конфиденциальност*, персональных данных, файлы/файлов cookie
        продолжая пользоваться/просмотр/использовать, соглашаетесь, çerez*, gizlilik, saklıdır
        kişisel veri*, izinsiz, kabul etmiş/et/ediyorum, الخصوصية, الحقوق محفوظة, جميع الحقوق, محفوظة
        ملفات تعريف, تعريف الارتباط, باستمرارك, الشروط والأحكام, auteursrecht*, rechten voorbehouden
        prawa zastrzeżone, prywatności
    """,
    "social": """
        teilen, weiterleiten, weitersagen, artikel drucken, folgen sie, imprimer, suivez-nous, envoyer par/à
        imprimir, enviar por, síguenos, condivid*, seguici, compartilh*, siga-nos, поделиться, вконтакте
        одноклассники, телеграм*, скопировать, подписывайтесь на, paylaş*, takip et/edin, شارك, شاركنا
        مشاركة, فيسبوك, تويتر, واتساب, تابعنا, تابعونا, تيليجرام, يوتيوب, انستغرام, delen, udostępnij
    """,
    "related": """
        siehe/lesen/auch auch/sie/interessant, mehr zu/zum/dazu/lesen/aus
        weitere artikel/meldungen/nachrichten, könnte sie/ihnen/dich, meistgelesen*, à/et lire
        lire aussi/également/plus/la, voir aussi/également, sur le même, plus lus/lues, pour aller
        articles liés, puede/podría/pueden interesar/interesarte/interesarle, te puede
        lea/lee/ver/vea/mira también/más/además, más noticias/sobre/en/leído/leídas/visto, relacionad*
        seguir leyendo, leggi anche/tutto, potrebbe interessarti, ti potrebbe, correlat*, più letti/letto
        leia também/mais, veja também/mais, saiba mais, читайте/смотрите также/ещё/еще/далее, похожие
        другие новости, ещё/еще по, самое читаемое, ilginizi çekebilir, ilgili haber*, benzer haber*
        bunları da, son haberler, اقرأ أيضا/أيض/المزيد, قد يعجبك/يهمك, ذات صلة, المزيد من, شاهد أيضا/أيض
        lees ook/meer/verder, czytaj także/też/więcej, zobacz także/też
    """,
    "advert": "reklam, reklama, إعلان, إعلانات, publicidade, advertentie, advertenties",
    "nav": """
        startseite, menü, suche, anmelden, einloggen, abmelden, kommentare, kommentar, kommentieren
        schlagwörter, accueil, rechercher, connexion, connectez-vous, commentaires, commentaire, commenter
        rubriques, inicio, buscar, comentarios, iniciar sesión, inicia sesión, registrarse, contacto
        etiquetas, commenti, accedi, contatti, comentários, entrar, contato, комментарии, комментариев
        комментарий, войти, войдите, поиск, главная, теги, контакты, yorumlar, anasayfa, etiketler, iletişim
        giriş yap, التعليقات, تعليقات, الرئيسية, تسجيل الدخول, وسوم, inloggen, zaloguj, komentarze
    """,
    "tips": """
        fehler gefunden/entdeckt/melden, schreiben sie, melden sie, ihre meinung, mitdiskutieren
        mitzudiskutieren, une/cette erreur, pour réagir, réagir à, votre avis, laisser/laissez un
        tu/su opinión, deja un/tu, para comentar, la tua/vostra opinione, lascia un, нашли ошибку/опечатку
        сообщить/сообщите об/о, оставить/оставьте комментарий, ваше мнение, yorum yap/yaz/yapın, görüşlerin*
        اترك تعليق*, رأيك
    """,
}

_UNSPACED = {
    "give": "捐款|捐助|捐赠|捐贈|订阅|訂閱|支持我们|支持我們|寄付|購読|후원|구독",
    "press": "读者的|讀者的|依靠读者|读者支持|独立新闻|獨立新聞|独立媒体|獨立媒體|読者の皆",
    "letter": "电子报|電子報|邮箱|郵箱|邮件|客户端"
    "|客戶端|メールマガジン|ニュースレター|アプリを|뉴스레터|앱에서",
    "legal": "版权所有|版權所有|转载|轉載|未经许可|未經許可|隐私"
    "|隱私|[Cc]ookie|免责声明|無断|著作権|個人情報|무단|저작권",
    "social": "分享|微信|微博|公众号|公眾號|关注我们|關注我們|シェア|ツイート|フォロー|공유하기|카카오톡",
    "related": "相关阅读|相关新闻|相关文章|相關|延伸阅读|延伸閱讀"
    "|推荐阅读|更多新闻|関連記事|あわせて読|관련 ?기사|热门",
    "advert": "广告|廣告|広告|광고",
    "nav": "首页|首頁|登录|登入|注册|註冊|评论|評論|打印|列印|搜索|ホーム|ログイン|コメント|댓글|로그인|印刷",
    "tips": "纠错|报错|留言|爆料|举报|제보",
}
UNSPACED = {family: re.compile(pattern) for family, pattern in _UNSPACED.items()}
"""What tells a family in scripts that set no blanks between words."""
