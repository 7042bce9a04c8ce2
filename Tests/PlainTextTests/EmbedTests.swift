import PlainText
import Testing

/// Markup as feeds of real publishers have it, with words of our own.
@Suite("Feeds")
struct EmbedTests {
  @Test func `A tweet reads as it looks`() {
    let tweet = """
      <p>The minister wrote:</p>
      <blockquote class="twitter-tweet" data-width="500"><p lang="en" dir="ltr">We have a deal. <a href="https://t.co/a">https://t.co/a</a></p>&mdash; Jane Doe (@jane) <a href="https://twitter.com/jane/status/1?ref_src=twsrc%5Etfw">June 1, 2020</a></blockquote>
      <script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>
      <p>Nobody replied.</p>
      """
    #expect(
      text(tweet)
        == "The minister wrote:\n\nWe have a deal. https://t.co/a\n\n— Jane Doe (@jane) June 1, 2020\n\nNobody replied."
    )
  }

  @Test func `An embedded post of Instagram reads as it looks`() {
    let post = """
      <p>One.</p><blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/x/" style=" background:#FFF;"><div style="padding:16px;"> <a href="https://www.instagram.com/p/x/" target="_blank"> <div style=" display: flex;"> <div></div></div> <div>View this post on Instagram</div></a><p><a href="https://www.instagram.com/p/x/">A post shared by Jane (@jane)</a></p></div></blockquote> <script async src="//www.instagram.com/embed.js"></script><p>Two.</p>
      """
    #expect(text(post) == "One.\n\nView this post on Instagram\n\nA post shared by Jane (@jane)\n\nTwo.")
  }

  @Test func `Word, WordPress, Atom and mail`() {
    #expect(
      text(
        "<p class=MsoNormal>One<o:p></o:p></p><!--[if gte mso 9]><xml><o:x/></xml><![endif]--><p class=MsoNormal><span style='mso-spacerun:yes'>  </span>Two<o:p>&nbsp;</o:p></p>"
      )
        == "One\n\nTwo")
    #expect(
      text("<!-- wp:paragraph --><p>One.</p><!-- /wp:paragraph -->\n\n<!-- wp:more --><!--more--><p>Two.</p>")
        == "One.\n\nTwo.")
    #expect(text(#"<div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p></div>"#) == "One.")
    #expect(
      text(
        #"<html><head><style type="text/css">@media { a > b { x: "</p>" } }</style></head><body bgcolor=#fff><span style="display:none;font-size:1px">Preheader</span><center><table width="100%"><tr><td><p>One.</p><p>Two.</p></td></tr></table></center></body></html>"#
      )
        == "One.\n\nTwo.")
  }

  @Test func `A feed of aggregators`() {
    let post =
      #"<!-- SC_OFF --><div class="md"><p>One &amp; two.</p> </div><!-- SC_ON --> &#32; submitted by &#32; <a href="https://x.example/u">/u/a</a> <br/> <span><a href="https://x.example">[link]</a></span>"#
    #expect(text(post) == "One & two.\n\nsubmitted by /u/a\n[link]")
  }
}
