class Head:
    def softmax(self, x):
        return x

    def forward(self, x):
        return self.softmax(x)


print(Head().softmax(3))
