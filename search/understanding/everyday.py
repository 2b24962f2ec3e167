"""Everyday wording that legal texts lack, so that the language model knows how people ask.

Written for this portal. Each phrase is counted many times.
"""

from typing import Final

from search.understanding.data import listed

_PHRASES: Final = """
cho tôi hỏi / cho em hỏi / cho mình hỏi với ạ / xin hỏi luật sư / nhờ luật sư tư vấn giúp tôi /
tôi xin cảm ơn / em cảm ơn ạ / chào anh chị / các anh chị cho em hỏi / mọi người ơi cho mình hỏi /
em chào luật sư / tôi muốn hỏi là / tôi có câu hỏi như sau / mong được tư vấn / thế nào /
như thế nào / là gì / là bao nhiêu / bao nhiêu tiền / bao nhiêu ngày / bao lâu /
mất bao lâu thì xong / khi nào / ở đâu / ai có quyền / tại sao / vì sao / làm sao để /
phải làm gì / phải làm sao / phải làm thế nào / cần giấy tờ gì / cần những giấy tờ gì /
cần chuẩn bị những gì / hồ sơ gồm những gì / thủ tục như thế nào / có được không /
có bị phạt không / bị phạt bao nhiêu tiền / bị phạt như thế nào / phạt bao nhiêu /
phạt tù bao nhiêu năm / đi tù mấy năm / có phải đóng thuế không / có vi phạm pháp luật không /
có đúng luật không / đúng hay sai / đúng không / phải không / được mấy tháng / được mấy ngày /
mấy năm / tôi và vợ tôi / vợ chồng tôi / chồng tôi ngoại tình / bố mẹ tôi / bố mẹ chồng /
anh trai tôi / em gái tôi / con trai con gái / con tôi mới sinh / con em mình / cháu bé /
ông bà nội ngoại / bạn tôi / người yêu / hàng xóm lấn đất nhà tôi / công ty tôi / công ty em /
sếp không trả lương / công ty nợ lương / bị đuổi việc / nghỉ việc /
xin nghỉ việc trước bao nhiêu ngày / nghỉ đẻ được mấy tháng / nghỉ phép năm /
tiền lương tháng mười ba / thưởng tết / lương tối thiểu vùng / làm sổ đỏ lần đầu /
làm sổ đỏ hết bao nhiêu tiền / mua nhà chưa có sổ / tách sổ đỏ / sang tên sổ đỏ /
mua bán nhà đất / đất không có giấy tờ / xây nhà không phép / vượt đèn đỏ phạt bao nhiêu /
uống bia lái xe máy bị phạt / uống rượu lái xe / không đội mũ bảo hiểm / không có bằng lái /
quên mang giấy tờ xe / đi ngược chiều / chạy quá tốc độ / xe máy chở ba người /
gây tai nạn rồi bỏ chạy / bị công an giữ xe / đổi bằng lái xe / làm căn cước công dân /
đổi chứng minh nhân dân sang căn cước / đăng ký kết hôn cần giấy tờ gì / ly hôn đơn phương /
ly hôn ai nuôi con / giành quyền nuôi con / chia tài sản khi ly hôn / làm giấy khai sinh cho con /
nhận con nuôi / đăng ký tạm trú / nhập hộ khẩu / tách hộ khẩu / chuyển khẩu /
rút bảo hiểm xã hội một lần / tiền thất nghiệp / khám bảo hiểm trái tuyến / mở công ty /
thành lập công ty / mở quán cà phê / bán hàng online / bán hàng qua mạng / đóng cửa công ty /
đổi tên công ty / xuất hóa đơn / hóa đơn đỏ / nộp thuế trễ hạn / quên nộp thuế / hoàn thuế /
giảm trừ gia cảnh / người phụ thuộc / cho vay nặng lãi / vay tiền không trả /
bị lừa đảo qua mạng / lừa đảo chiếm đoạt tiền / bị đánh gây thương tích / bị trộm cắp xe /
đánh bạc bao nhiêu tiền thì bị đi tù / đánh nhau / chửi bới xúc phạm / bôi nhọ trên mạng xã hội /
trốn nghĩa vụ quân sự / đi bộ đội / học sinh sinh viên / miễn giảm học phí / dạy thêm học thêm /
giáo viên đánh học sinh / nuôi chó không rọ mõm / chó cắn người / hát karaoke ồn ào /
xả rác bừa bãi / viết di chúc / thừa kế không có di chúc / chia đất cho con /
mua bảo hiểm xe máy / bằng lái xe quá hạn / đăng kiểm xe / phạt nguội / tra cứu phạt nguội /
hết hạn / quy định mới nhất / theo luật mới / luật mới nhất / nghị định mới nhất về /
văn bản hết hiệu lực trong tháng này / chữ viết tắt / mức phạt nồng độ cồn xe máy / lần đầu /
bây giờ / hiện nay / hồi trước / năm ngoái / mấy hôm trước / tôi năm nay / giúp mình với /
giải đáp giúp em / được không ạ / vậy ạ / nhé ạ / với ạ / thì sao / thì phải làm sao /
có cần không / có bắt buộc không / có hợp pháp không / có mất tiền không / trong vòng bao lâu /
tôi có một câu hỏi / tôi có được không / tôi có phải nộp không / tôi có quyền gì /
tôi đang làm việc tại công ty / tôi đã nghỉ việc / tôi đã ly hôn / tôi bị mất giấy tờ /
tôi bị công ty cho nghỉ / tôi bị công an mời lên / tôi là công nhân / tôi là giáo viên /
tôi và anh ấy / tôi và chị ấy / tôi năm nay ba mươi tuổi / tôi thì không biết / tôi không đồng ý /
tôi không biết phải làm sao / tôi nghe nói / tôi thấy / tôi định mua / tôi cũng muốn /
nhà tôi có / nhà tôi ở / gia đình tôi có / gia đình em / bố tôi mất / mẹ tôi mất /
bố mẹ tôi mất không để lại di chúc / ông bà tôi / anh chị em tôi / chị gái tôi / em trai tôi /
anh ấy đã có vợ / cô ấy đã có chồng / chị ấy có con / vợ tôi sinh con / vợ tôi bỏ nhà đi /
vợ tôi đòi ly hôn / chồng tôi đánh tôi / chồng tôi đi làm xa / chồng em không đồng ý /
vợ chồng em / vợ chồng tôi có hai con / con chung con riêng / con gái tôi lấy chồng /
con tôi đang học / con tôi được mấy tuổi / con dưới ba tuổi / cháu tôi / bé nhà em / bạn trai em /
người ta / người khác / hai người / mấy người / ai cũng được / ai là người / ai phải chịu /
ai phải trả / ai được hưởng / cái này / cái gì / cái đó / làm gì / gồm những gì /
có gì khác nhau / khác gì / gì không / điều gì / những gì / là gì vậy / vậy tôi phải làm gì /
vậy có đúng không / vậy thì sao / như vậy có đúng không / như vậy thì / nếu không thì sao /
nếu có thì / nếu tôi không nộp / nếu công ty không trả / thì có bị phạt không /
thì bị phạt thế nào / thì có được không / thì xử lý thế nào / mà không có / mà vẫn /
nhưng không được / nhưng mà / nhưng tôi không / nhưng chưa có / còn tôi thì / còn nếu / rồi sao /
xong rồi / đã lâu rồi / bây giờ phải làm sao / bây giờ tôi muốn / giờ tôi muốn / giờ em muốn /
giờ phải làm thế nào / hiện giờ / hồi xưa / lúc đó / lúc trước / khi đó / ở đây / ở đó / ở nhà /
ở quê / ở xa / ở đâu thì được / nộp ở đâu / làm ở đâu / đăng ký ở đâu / khiếu nại ở đâu /
đến đâu / từ đâu / đâu là / đây là / đó là / họ có quyền / họ không chịu / họ nói là / bên em /
bên mình / bên đó / công ty mình / mình muốn hỏi / mình có / mình đang / mình cần / mình bị /
mình là / nhờ mọi người tư vấn / nhờ anh chị giải đáp / nhờ các bác giúp / các bác cho em hỏi /
dạ cho em hỏi / dạ em chào anh chị / dạ em cảm ơn / em có / em đang / em muốn / em cần / em bị /
em làm / em mới / em tính / em thấy / em xin hỏi / em xin cảm ơn / mong anh chị giúp đỡ /
mong luật sư tư vấn / mong mọi người giúp / cho em xin / giúp em với ạ / đúng không ạ /
phải không ạ / gì không ạ / thế nào ạ / như thế nào ạ / bao lâu ạ / ở đâu ạ / là sao ạ / rồi ạ /
không ạ / luôn ạ / nữa ạ / trước đây / sau đó / hôm qua / hôm nay / ngày mai / tuần trước /
tháng trước / mấy giờ / đi xe máy / đi ô tô / đi bộ / đi làm / đi học / đi tù / bị bắt /
bị phạt tiền / bị giữ bằng lái / bị trừ điểm / bị mất / bị tai nạn / bị đánh / bị lừa /
bị sa thải / bị nợ lương / tiền đâu / trả tiền / nợ tiền / vay tiền / mượn tiền / mất tiền /
đòi tiền / đóng tiền / tiền lương / lương tháng / mua nhà / bán nhà / mua đất / bán đất / mua xe /
xây nhà / sửa nhà / thuê nhà / cho thuê nhà / sổ đỏ / sổ hồng / chợ / quán
"""
EVERYDAY: Final = tuple(phrase.strip() for phrase in _PHRASES.split("/"))

#: Syllables of speech, about from the most to the less frequent; each may stand beside any other.
SPOKEN: Final = listed(
    """
tôi có không là được thì và của mà cho người này em với đã các mình phải anh gì đó làm bị khi ở đi
ra nhà con nào nếu ạ cũng hay sao như về chị vậy nhưng rồi chưa còn đang muốn hỏi ai lại mới đến
từ trong cái thế nên vì công ty tiền vợ chồng họ ông bà mẹ bố cha bé đâu giờ bao nhiêu lâu mấy ngày
năm tháng tuổi lần hai ba một nhiều ít hơn nữa luôn cần biết nói nghe thấy đưa lấy trả mua bán vay
mượn nợ thuê xe máy đất đỏ sổ giấy tờ việc nghỉ lương đóng nộp phạt tù bắt đánh mất chết sống sinh
đẻ nuôi cưới ly hôn chia để lên xuống qua sang vào trước sau trên dưới ngoài chung riêng mọi bạn
bác cô chú dì cháu nay kia đây rất quá lắm chỉ vẫn đều sẽ đúng sai thật xin nhờ giúp mong cảm ơn
chào dạ vâng nhé tư vấn đáp luật sư hồi lúc hôm qua tới thôi xong bỏ giữ giành kiện tòa nhận gửi
học trường thầy bệnh viện thuốc khám chợ quán hàng khách hóa đơn thuế
    """
)
